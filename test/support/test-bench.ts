import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@temporalio/client'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { createModelClient } from '../../src/adapters/models/model-client.ts'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import type { NewRun, RunStore } from '../../src/adapters/stores/run-store.ts'
import { connectClient } from '../../src/client/connect.ts'
import type { Opening } from '../../src/client/open-workflow.ts'
import { prepareOpening } from '../../src/client/prepare-opening.ts'
import { readConfig, type Config, type Environment } from '../../src/config.ts'
import type { Model } from '../../src/domain/models/model-spec.ts'
import { queueKinds } from '../../src/domain/runs/task-queues.ts'
import type { Solver } from '../../src/domain/solvers/solver.ts'
import type { Task } from '../../src/domain/tasks/task.ts'
import { prepareRun, type RunRequest } from '../../src/runs/prepare-run.ts'
import { createDependencies } from '../../src/workers/create-dependencies.ts'
import { runWorker } from '../../src/workers/run-worker.ts'
import { buildPairs } from './build-run.ts'
import { shareWorkflowBundle } from './share-workflow-bundle.ts'
import { startTemporalServer } from './temporal-server.ts'

/** A data folder, a real Temporal server and a worker in this process: everything that a run needs. */
export interface TestBench {
  readonly config: Config
  readonly client: Client
  readonly store: RunStore
  readonly opening: Opening
  close(): Promise<void>
}

export interface TestBenchOptions {
  /** Settings that differ from the defaults. */
  readonly environment?: Environment
  /** How long a model may take for a reply, if not the default. */
  readonly replyTimeoutMs?: number
  /** Solvers that only the test has. */
  readonly solvers?: readonly Solver[]
}

export async function openTestBench(options: TestBenchOptions = {}): Promise<TestBench> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] })
  const server = await startTemporalServer()
  const dataDir = await mkdtemp(join(tmpdir(), 'arcloom-bench-'))
  const config = readConfig({
    ...process.env,
    ARCLOOM_DATA_DIR: dataDir,
    TEMPORAL_ADDRESS: server.address,
    ...options.environment,
  })
  await shareWorkflowBundle(config)
  const store = createRunStore(createFileBlobs(join(dataDir, 'runs')), 'test')
  const client = await connectClient({ address: server.address }, 'default')
  const stop = new AbortController()
  let worker: Promise<void> | undefined
  await new Promise<void>((onReady, reject) => {
    worker = runWorker({
      config,
      queues: queueKinds,
      createDependencies: (...given) => change(createDependencies(...given), config, options),
      stop: stop.signal,
      onReady: () => onReady(),
      onNote: () => undefined,
    })
    worker.catch(reject)
  })
  return {
    config,
    client,
    store,
    opening: await prepareOpening(client, store),
    async close() {
      stop.abort()
      await worker
      await client.connection.close()
      await server.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

function change(
  dependencies: ReturnType<typeof createDependencies>,
  { apiKey }: Config,
  { replyTimeoutMs: timeoutMs, solvers = [] }: TestBenchOptions,
): ReturnType<typeof createDependencies> {
  const { models, findSolver } = dependencies
  return {
    ...dependencies,
    ...(timeoutMs !== undefined && {
      models: { ...models, client: createModelClient({ apiKey, patience: { timeoutMs } }) },
    }),
    findSolver: (name) => solvers.find((solver) => solver.name === name) ?? findSolver(name),
  }
}

/** Tasks that ask to turn the input upside down, all different. */
export function buildTasks(count: number): Task[] {
  return Array.from({ length: count }, (_, index) => ({
    taskId: `task-${String(index).padStart(4, '0')}`,
    version: 0,
    dataset: 'made',
    split: 'training',
    ...buildPairs(index),
  }))
}

/** A model at a server on loopback, with prices. */
export function buildModel(baseUrl: string, change: Partial<Model> = {}): Model {
  return {
    key: 'FAKE',
    provider: 'local',
    id: 'fake',
    baseUrl,
    limits: {},
    defaults: {},
    username: 'fake',
    prices: { promptUsdPerMillion: 1, completionUsdPerMillion: 2, asOf: '2026-01-01' },
    ...change,
  }
}

/** A run of the code recipe against a server on loopback. */
export function buildRun(baseUrl: string, change: Partial<RunRequest> = {}): NewRun {
  const request: RunRequest = {
    kind: 'benchmark',
    recipe: 'code',
    model: buildModel(baseUrl),
    sampling: { maxTokens: 1_000 },
    gridEncoding: 'json',
    samples: 2,
    rounds: 1,
    datasets: [],
    tasks: buildTasks(3),
    controls: { max_concurrent_tasks: 2, save_interval: 2, budget_usd: null },
    versions: {},
    ...change,
  }
  return prepareRun(request, new Date())
}

/** Programs as a model would send them. */
export const answers = {
  flip: 'It is turned upside down.\n```python\ndef solve_task(grid):\n    return grid[::-1]\n```',
  same: 'It stays.\n```python\ndef solve_task(grid):\n    return grid\n```',
  broken: 'Hm.\n```python\ndef solve_task(grid):\n    return grid[99]\n```',
  none: 'I do not know.',
}
