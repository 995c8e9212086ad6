/** Under npx one Ctrl-C may arrive twice: from the terminal, and forwarded by npm. */
const sameInterruptMs = 300

/** Ctrl-C, counted from the moment of listening, so that one that comes before anybody is ready for it is not lost. */
export interface Interrupts {
  readonly count: number
  /** Calls back at the first interrupt, or at once if it has come. */
  onFirst(react: () => void): void
  close(): void
}

/** Without it, Ctrl-C ends the process at once. */
export function listenForInterrupts(): Interrupts {
  let count = 0
  let lastMs = -Infinity
  const reactions: (() => void)[] = []
  const note = () => {
    const sinceLastMs = performance.now() - lastMs
    if (sinceLastMs < sameInterruptMs) return
    lastMs = performance.now()
    count += 1
    if (count === 1) for (const react of reactions) react()
  }
  process.on('SIGINT', note)
  process.on('SIGTERM', note)
  return {
    get count() {
      return count
    },
    onFirst(react) {
      if (count > 0) react()
      else reactions.push(react)
    },
    close() {
      process.off('SIGINT', note)
      process.off('SIGTERM', note)
    },
  }
}
