/** What a worker does with its time, over the last seconds: enough to say what a run waits for. */
export interface WorkerLoad {
  /** How many requests waited for their turn at a provider's gate, on average. */
  readonly waitingAtGate: number
  /** How many requests were in flight at providers, on average. */
  readonly inFlight: number
  /** How long an answer takes, in the median; null if none came. */
  readonly answerSeconds: number | null
  /** How many programs ran, on average, and how many may run at once; no places without a sandbox. */
  readonly programs: { readonly running: number; readonly places: number }
  /** How long a file takes to be on the disk, at the 95th percentile; null if none was written. */
  readonly writeSeconds: number | null
  /** How long an activity waits on the server before it begins, at the 95th percentile, by its queue; null if none began. */
  readonly startSeconds: Readonly<Record<'runs' | 'models' | 'sandbox', number | null>>
  /** How much of the time the worker's JavaScript was busy: 1 is all of it. */
  readonly busy: number
  /** How late a timer fires, at the 99th percentile. */
  readonly timerDelaySeconds: number
}

/** The load of workers on one store, as if they were one: numbers of things add up, and the slowest counts. */
export function joinLoads(loads: readonly WorkerLoad[]): WorkerLoad | undefined {
  return loads.length === 0 ? undefined : loads.reduce(join)
}

function join(a: WorkerLoad, b: WorkerLoad): WorkerLoad {
  return {
    waitingAtGate: a.waitingAtGate + b.waitingAtGate,
    inFlight: a.inFlight + b.inFlight,
    answerSeconds: larger(a.answerSeconds, b.answerSeconds),
    programs: {
      running: a.programs.running + b.programs.running,
      places: a.programs.places + b.programs.places,
    },
    writeSeconds: larger(a.writeSeconds, b.writeSeconds),
    startSeconds: {
      runs: larger(a.startSeconds.runs, b.startSeconds.runs),
      models: larger(a.startSeconds.models, b.startSeconds.models),
      sandbox: larger(a.startSeconds.sandbox, b.startSeconds.sandbox),
    },
    // Work goes to whichever worker is free, so one that is not busy is what counts.
    busy: Math.min(a.busy, b.busy),
    timerDelaySeconds: Math.min(a.timerDelaySeconds, b.timerDelaySeconds),
  }
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b)
}
