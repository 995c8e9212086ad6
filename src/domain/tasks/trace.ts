/** Written reasoning about a task, by a person or a model. Fields that are not named here survive a rewrite. */
export interface Trace {
  readonly trace_id: string
  readonly task_id: string
  readonly username: string
  readonly text: string
  /** The votes' sum; where a file came with a score without its voters, that and their sum. */
  readonly score: number
  /** Unix seconds. */
  readonly timestamp: number
  readonly voters: Readonly<Record<string, number>>
  /** The version of the task that it is about; absent for the base. */
  readonly version?: number | undefined
  /** The run in which a model wrote it. */
  readonly run_id?: string | undefined
  /** Which of that run's samples for the task it is, from 0. */
  readonly sample?: number | undefined
}

/** Traces by task id, each task's in the order in which they came. */
export type TracesByTask = Readonly<Record<string, readonly Trace[]>>
