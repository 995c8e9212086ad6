import type { BatchClient } from '../adapters/models/batches/batch-client.ts'
import type { Gate } from '../adapters/models/gates/gate.ts'
import type { ModelClient } from '../adapters/models/model-client.ts'
import type { ResultsFiles } from '../adapters/results/results-files.ts'
import type { Sandbox } from '../adapters/sandbox/sandbox.ts'
import type { RunFolder, RunStore } from '../adapters/stores/run-store.ts'
import type { Model } from '../domain/models/model-spec.ts'
import type { RunNumbers } from '../domain/results/run-document.ts'
import type { SandboxChoice } from '../domain/runs/sandbox-choice.ts'
import type { Solver } from '../domain/solvers/solver.ts'
import type { ReadingOptions } from '../runs/read-numbers.ts'
import type { RunSpending } from './asking/run-spending.ts'
import type { createRunLimitWatch } from './asking/watch-run-limit.ts'
import type { ReadRun } from './read-run.ts'

/** The outside world of activities. Tests pass plain objects. */
export interface ActivityDependencies {
  readonly store: RunStore
  readonly models: {
    readonly client: ModelClient
    readonly batches: BatchClient
    /** The model's gate, shared by all of this worker's requests to it. */
    readonly gateOf: (model: Model) => Gate
    /** The model's address from this worker: the registry's, or the baseline's own. */
    readonly locate: (model: Model) => Model
  }
  /** Opened on first use: a worker that runs no programs needs no sandbox. */
  readonly sandbox: (choice: SandboxChoice) => Promise<Sandbox>
  readonly findSolver: (name: string) => Solver
  readonly results: ResultsFiles
  readonly readNumbers: (folder: RunFolder, options?: ReadingOptions) => Promise<RunNumbers>
  readonly hashText: (text: string) => string
  readonly hashJson: (value: unknown) => string
  readonly createId: () => string
  /** How long a model may leave requests unanswered before the run stops. */
  readonly maxOutageMs: number
  readonly now: () => Date
}

/** What each activity is created with. */
export interface ActivityContext extends ActivityDependencies {
  readonly readRun: ReadRun
  readonly spendingOf: (folder: RunFolder) => RunSpending
  /** Keeps the run's own limit of requests at once up to date in its gate, while a request of it waits there. */
  readonly whileWaiting: ReturnType<typeof createRunLimitWatch>
}
