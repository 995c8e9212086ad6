import type { Config } from '../../config.ts'

/**
 * Says so when the baseline that is up was started with another limit than is asked for now. It keeps the one it has: other
 * runs may be using it.
 */
export async function noteBaselineLimit(
  { baselineSeconds }: Pick<Config, 'baselineSeconds'>,
  baselineUrl: string,
  note: (line: string) => void,
): Promise<void> {
  if (baselineSeconds === undefined) return
  const actual = await readBaselineSeconds(baselineUrl)
  if (actual === undefined || actual === baselineSeconds) return
  note(
    `The baseline model is already up with ${actual} s a request, not ${baselineSeconds} s. \`arcloom down\`, then \`arcloom up --baseline-seconds ${baselineSeconds}\`, changes that.`,
  )
}

/** How long the baseline that is up searches for an answer; undefined where none answers. */
export async function readBaselineSeconds(baselineUrl: string): Promise<number | undefined> {
  const response = await fetch(new URL('/health', baselineUrl)).catch(() => undefined)
  const health: unknown = await response?.json().catch(() => undefined)
  const isHealth = typeof health === 'object' && health !== null && 'seconds' in health
  return isHealth && typeof health.seconds === 'number' ? health.seconds : undefined
}
