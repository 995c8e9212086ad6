import { addTraces } from './change-traces.ts'
import type { Trace, TracesByTask } from './trace.ts'

export interface TraceMerge {
  readonly traces: TracesByTask
  readonly added: readonly Trace[]
  /** How many were there already, from this file or another. */
  readonly present: number
  /** How many are not there because somebody removed them. */
  readonly removed: number
}

/**
 * Adds what is not there yet. The same words by the same author about the same version are one trace, however often and by
 * whatever file they come.
 */
export function mergeTraces(traces: TracesByTask, removed: readonly Trace[], found: readonly Trace[]): TraceMerge {
  const present = new Set(Object.values(traces).flat().map(identify))
  const gone = new Set(removed.map(identify).filter((identity) => !present.has(identity)))
  const distinct = new Map(found.map((trace) => [identify(trace), trace]))
  const added = [...distinct].flatMap(([identity, trace]) =>
    present.has(identity) || gone.has(identity) ? [] : [trace],
  )
  const removedCount = found.filter((trace) => gone.has(identify(trace))).length
  return {
    traces: addTraces(traces, added),
    added,
    present: found.length - added.length - removedCount,
    removed: removedCount,
  }
}

function identify({ task_id, version = 0, username, text }: Trace): string {
  return JSON.stringify([task_id, version, username, text])
}
