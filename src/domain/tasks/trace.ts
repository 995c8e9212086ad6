/** Written reasoning about a task, by a person or a model. Fields not listed here survive a rewrite. */
export interface Trace {
  readonly trace_id: string
  readonly task_id: string
  readonly username: string
  readonly text: string
  /** The sum of the votes, added to the imported score if a file came with one without its voters. */
  readonly score: number
  /** Unix seconds. */
  readonly timestamp: number
  readonly voters: Readonly<Record<string, number>>
  /** The version of the task that it is about; absent for the base. */
  readonly version?: number | undefined
  /** The run in which a model wrote it. */
  readonly run_id?: string | undefined
  /** Index of that run's sample for the task, from 0. */
  readonly sample?: number | undefined
  /** The conversation in which a model wrote it, as the answer to this question of it. Who kept it may remove it. */
  readonly discussion?: { readonly id: string; readonly question: string; readonly kept_by: string } | undefined
}

/** Traces by task id, each task's in the order in which they came. */
export type TracesByTask = Readonly<Record<string, readonly Trace[]>>
