const smallLength = 100_000
const growth = 10
/** Linear time grows by 10, quadratic time by 100. */
const maxGrowth = 40
/** Less than this is noise. */
const minMs = 50
/** Quadratic time takes more than this for the small text already, and minutes for the large one. */
const maxSmallMs = 5_000
const tries = 3

/**
 * Reads a text of 100 kB and one of a megabyte, and compares the processor time, which depends little on other processes.
 *
 * @param build a text of about that many characters
 * @returns what was too slow; undefined when the time grows with the text
 */
export function findSuperlinearTime(read: (text: string) => unknown, build: (length: number) => string) {
  for (let attempt = 1; ; attempt += 1) {
    const smallMs = measure(read, build(smallLength))
    if (smallMs > maxSmallMs) return `${smallMs} ms for ${smallLength} characters`
    const largeMs = measure(read, build(smallLength * growth))
    if (largeMs <= maxGrowth * Math.max(smallMs, minMs)) return undefined
    if (attempt === tries) return `${smallMs} ms, and ${largeMs} ms for a text ${growth} times as long`
  }
}

function measure(read: (text: string) => unknown, text: string): number {
  const began = process.cpuUsage()
  read(text)
  return Math.round(process.cpuUsage(began).user / 1000)
}
