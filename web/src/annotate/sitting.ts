import type { LabelSubject } from '../../../src/domain/labels/label.ts'
import type { LabelBody } from '../data/api.ts'

/** A label given since the page was opened, and the one before it. */
export interface GivenHere {
  readonly body: LabelBody
  readonly before: Pick<LabelBody, 'label' | 'note'>
  readonly atMs: number
}

/** Longer pauses do not count as work. */
const longestPauseMs = 120_000
/** The pace is computed from the last few labels. */
const paceOver = 20

/** Labels per minute; undefined until there are enough. */
export function measurePace(given: readonly GivenHere[]): number | undefined {
  const times = given.slice(-paceOver).map(({ atMs }) => atMs)
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? time))
  const worked = pauses.filter((pause) => pause <= longestPauseMs)
  const ms = worked.reduce((sum, pause) => sum + pause, 0)
  return worked.length < 4 || ms === 0 ? undefined : (60_000 * worked.length) / ms
}

/** `sample 3 of the task`, counted from 1. */
export function describeSubject(subject: LabelSubject): string {
  return 'trace_id' in subject ? 'trace' : `sample ${subject.sample + 1} in ${subject.run_id}`
}
