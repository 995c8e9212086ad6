import type { Trace, TracesByTask } from './trace.ts'

/** The result of a requested change, possibly based on an older state. */
export type TraceOutcome =
  | { readonly outcome: 'done'; readonly trace: Trace }
  /** Nothing had to be changed. */
  | { readonly outcome: 'unchanged'; readonly trace: Trace }
  | { readonly outcome: 'not-found' }
  /** Only the author of a trace may change or remove it. */
  | { readonly outcome: 'not-yours'; readonly trace: Trace }

export interface TraceChange {
  /** The traces after the change; absent if nothing changed. */
  readonly value?: TracesByTask
  readonly result: TraceOutcome
}

export interface TraceEdit {
  readonly traceId: string
  readonly username: string
  readonly text: string
}

export interface TraceVote {
  readonly traceId: string
  readonly username: string
  /** 0 withdraws the vote. */
  readonly vote: -1 | 0 | 1
}

export interface TraceRemoval {
  readonly traceId: string
  readonly username: string
}

/** The traces of one task, in their order. */
export function listTraces(traces: TracesByTask, taskId: string): readonly Trace[] {
  return Object.hasOwn(traces, taskId) ? (traces[taskId] ?? []) : []
}

export function findTrace(traces: TracesByTask, traceId: string): Trace | undefined {
  return Object.values(traces)
    .flat()
    .find(({ trace_id }) => trace_id === traceId)
}

/** Inserts traces after those of their tasks that are not newer. */
export function addTraces(traces: TracesByTask, newTraces: readonly Trace[]): TracesByTask {
  const byTask = new Map<string, readonly Trace[]>()
  for (const trace of newTraces) {
    const others = byTask.get(trace.task_id) ?? listTraces(traces, trace.task_id)
    const newer = others.findIndex(({ timestamp }) => timestamp > trace.timestamp)
    byTask.set(trace.task_id, others.toSpliced(newer < 0 ? others.length : newer, 0, trace))
  }
  return { ...traces, ...Object.fromEntries(byTask) }
}

export function editTrace(traces: TracesByTask, { traceId, username, text }: TraceEdit): TraceChange {
  return changeIf(
    traces,
    traceId,
    (trace) => trace.username === username,
    (trace) => {
      if (trace.text === text) return { result: { outcome: 'unchanged', trace } }
      return replaceTrace(traces, { ...trace, text })
    },
  )
}

export function removeTrace(traces: TracesByTask, { traceId, username }: TraceRemoval): TraceChange {
  return changeIf(
    traces,
    traceId,
    (trace) => mayRemove(trace, username),
    (trace) => {
      const others = listTraces(traces, trace.task_id).filter((other) => other !== trace)
      const { [trace.task_id]: _, ...otherTasks } = traces
      const value = others.length === 0 ? otherTasks : { ...traces, [trace.task_id]: others }
      return { value, result: { outcome: 'done', trace } }
    },
  )
}

/** @param removedTraces everything that was ever removed, oldest first */
export function restoreTrace(
  traces: TracesByTask,
  removedTraces: readonly Trace[],
  removal: TraceRemoval,
): TraceChange {
  const present = findTrace(traces, removal.traceId)
  if (present !== undefined) return { result: { outcome: 'unchanged', trace: present } }
  const trace = removedTraces.findLast(({ trace_id }) => trace_id === removal.traceId)
  if (trace === undefined) return { result: { outcome: 'not-found' } }
  if (!mayRemove(trace, removal.username)) return { result: { outcome: 'not-yours', trace } }
  return { value: addTraces(traces, [trace]), result: { outcome: 'done', trace } }
}

/**
 * Counts a person's vote once; a later one replaces it. The score changes by the difference, so a score imported without
 * its voters keeps its base.
 */
export function voteOnTrace(traces: TracesByTask, { traceId, username, vote }: TraceVote): TraceChange {
  const trace = findTrace(traces, traceId)
  if (trace === undefined) return { result: { outcome: 'not-found' } }
  const before = Object.hasOwn(trace.voters, username) ? (trace.voters[username] ?? 0) : 0
  if (before === vote) return { result: { outcome: 'unchanged', trace } }
  const { [username]: _, ...others } = trace.voters
  const voters = vote === 0 ? others : { ...others, [username]: vote }
  return replaceTrace(traces, { ...trace, voters, score: trace.score - before + vote })
}

/** A model's answer is removed by whoever kept it; nobody changes its words. */
export function mayRemove({ username, discussion }: Trace, person: string): boolean {
  return username === person || discussion?.kept_by === person
}

function changeIf(
  traces: TracesByTask,
  traceId: string,
  may: (trace: Trace) => boolean,
  change: (trace: Trace) => TraceChange,
): TraceChange {
  const trace = findTrace(traces, traceId)
  if (trace === undefined) return { result: { outcome: 'not-found' } }
  return may(trace) ? change(trace) : { result: { outcome: 'not-yours', trace } }
}

function replaceTrace(traces: TracesByTask, trace: Trace): TraceChange {
  const ofTask = listTraces(traces, trace.task_id).map((other) => (other.trace_id === trace.trace_id ? trace : other))
  return { value: { ...traces, [trace.task_id]: ofTask }, result: { outcome: 'done', trace } }
}
