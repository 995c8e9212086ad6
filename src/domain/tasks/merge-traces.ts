import { addTraces } from './change-traces.ts'
import type { Trace, TracesByTask } from './trace.ts'

export interface TraceMerge {
  readonly traces: TracesByTask
  readonly added: readonly Trace[]
  /** Number of traces already there, from this file or another. */
  readonly present: number
  /** Number of traces not added because somebody removed them. */
  readonly removed: number
}

/**
 * Adds new traces. The same words by the same author about the same version are one trace, however often and from
 * whatever file they come; and so are traces with the same id, even if the text was changed here since.
 */
export function mergeTraces(
  traces: TracesByTask,
  removedTraces: readonly Trace[],
  newTraces: readonly Trace[],
): TraceMerge {
  const present = new Set(Object.values(traces).flat().flatMap(identify))
  const removedIdentities = new Set(removedTraces.flatMap(identify).filter((identity) => !present.has(identity)))
  const added: Trace[] = []
  let removedCount = 0
  for (const trace of newTraces) {
    const identities = identify(trace)
    if (identities.some((identity) => present.has(identity))) continue
    if (identities.some((identity) => removedIdentities.has(identity))) removedCount += 1
    else {
      added.push(trace)
      for (const identity of identities) present.add(identity)
    }
  }
  return {
    traces: addTraces(traces, added),
    added,
    present: newTraces.length - added.length - removedCount,
    removed: removedCount,
  }
}

function identify({ trace_id, task_id, version = 0, username, text }: Trace): string[] {
  return [trace_id, JSON.stringify([task_id, version, username, text])]
}
