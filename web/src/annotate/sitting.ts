import type { LabelSubject } from '../../../src/domain/labels/label.ts'
import type { LabelBody } from '../data/api.ts'

/** A label given since the page was opened, and the one before it. */
export interface RecentLabel {
  readonly body: LabelBody
  readonly before: Pick<LabelBody, 'label' | 'note'>
  readonly atMs: number
}

/** Longer pauses do not count as work. */
const maxPauseMs = 120_000
/** The pace is computed from the last few labels. */
const paceOver = 20

/** Labels per minute; undefined until there are enough. */
export function measurePace(recent: readonly RecentLabel[]): number | undefined {
  const times = recent.slice(-paceOver).map(({ atMs }) => atMs)
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? time))
  const worked = pauses.filter((pause) => pause <= maxPauseMs)
  const ms = worked.reduce((sum, pause) => sum + pause, 0)
  return worked.length < 4 || ms === 0 ? undefined : (60_000 * worked.length) / ms
}

/** `sample 3 in RUN`, counted from 1. */
export function describeSubject(subject: LabelSubject): string {
  return 'trace_id' in subject ? 'trace' : `sample ${subject.sample + 1} in ${subject.run_id}`
}
