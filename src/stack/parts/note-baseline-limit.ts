import type { Config } from '../../config.ts'

/**
 * Reports that the running baseline was started with another limit than requested. It keeps its limit, because other runs may
 * be using it.
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
    `The baseline model is already running with ${actual} s per request, not ${baselineSeconds} s. To change that: npx arcloom down && npx arcloom up --baseline-seconds ${baselineSeconds}`,
  )
}

/** How long the running baseline searches for an answer; undefined if none answers. */
export async function readBaselineSeconds(baselineUrl: string): Promise<number | undefined> {
  const response = await fetch(new URL('/health', baselineUrl)).catch(() => undefined)
  const health: unknown = await response?.json().catch(() => undefined)
  const isHealth = typeof health === 'object' && health !== null && 'seconds' in health
  return isHealth && typeof health.seconds === 'number' ? health.seconds : undefined
}
