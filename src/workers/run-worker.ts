import { join } from 'node:path'
import { Client } from '@temporalio/client'
import { Runtime, Worker, type NativeConnection } from '@temporalio/worker'
import { createActivities } from '../activities/create-activities.ts'
import type { ActivityDependencies } from '../activities/dependencies.ts'
import { nameWorker, openJournal } from '../adapters/journal.ts'
import { SandboxUnavailable } from '../adapters/sandbox/sandbox.ts'
import { measureEveryMs } from '../adapters/worker-loads.ts'
import { prepareDataDir, type Config } from '../config.ts'
import { count } from '../domain/count.ts'
import type { WorkerLoad } from '../domain/load/worker-load.ts'
import type { WorkerSandbox } from '../domain/runs/record.ts'
import { nameTaskQueue, type QueueKind } from '../domain/runs/task-queues.ts'
import { createActivityInterceptor } from './activity-interceptor.ts'
import { bundleWorkflows } from './bundle-workflows.ts'
import { connectPatiently } from './connect-patiently.ts'
import { createDependencies, sandboxSlots } from './create-dependencies.ts'
import { createMetrics } from './load/create-metrics.ts'
import { createLoadMeter } from './load/measure-load.ts'
import { observeActivities } from './load/observe-activities.ts'
import { observeDependencies } from './load/observe-dependencies.ts'
import { reportDead } from './report-dead.ts'
import { chooseOptions } from './worker-options.ts'

export interface RunWorkerOptions {
  readonly config: Config
  readonly queues: readonly QueueKind[]
  /** Aborted to end the worker: it accepts nothing new, waits for activities in flight, and returns. */
  readonly stop: AbortSignal
  /** If there is no sandbox, serve the other queues. A worker whose queues were named serves all of them or none. */
  readonly sandboxOptional?: boolean
  /** Called once it accepts work. */
  readonly onReady: (served: Served) => void
  readonly onNote: (line: string) => void
  /** Called every few seconds while it serves. */
  readonly onLoad?: (load: WorkerLoad) => void
  /** Creates the activities' outside world. A benchmark passes a lighter one to measure what each part costs. */
  readonly createDependencies?: typeof createDependencies
}

interface Served {
  readonly queues: readonly QueueKind[]
  /** Undefined if it does not serve programs. */
  readonly sandbox: WorkerSandbox | undefined
}

/**
 * Serves queues until it is told to stop. Needs only a Temporal server and the store.
 *
 * @throws {SandboxUnavailable} before any work is accepted, if there is no sandbox and it is not optional
 */
export async function runWorker(options: RunWorkerOptions): Promise<void> {
  const { config, stop, onReady, onNote, onLoad } = options
  prepareDataDir(config)
  const identity = nameWorker()
  const metrics = createMetrics(Runtime.instance().metricMeter)
  const meter = createLoadMeter(metrics, sandboxSlots)
  const bare = (options.createDependencies ?? createDependencies)(config, identity.replaceAll(/[^\w.-]/g, '-'))
  const dependencies = observeDependencies(bare, meter.stages, metrics)
  const journalFolder = join(config.stateDir, 'journals')
  const [connection, workflowBundle, storeId, sandbox] = await Promise.all([
    connectPatiently(config, stop),
    bundleWorkflows(config.stateDir),
    dependencies.store.readStoreId(),
    options.queues.includes('sandbox') ? openSandbox(dependencies, options.sandboxOptional) : undefined,
  ])
  const isLacking = sandbox !== undefined && 'missing' in sandbox
  if (isLacking)
    onNote(`this worker runs no programs, because it has no sandbox: ${sandbox.missing} To fix it: ${sandbox.mend}`)
  const queues = options.queues.filter((kind) => kind !== 'sandbox' || !isLacking)
  const journal = openJournal(journalFolder)
  const measuring = setInterval(() => onLoad?.(meter.take()), measureEveryMs)
  try {
    const { namespace } = config.temporal
    const setting = {
      connection,
      namespace,
      identity,
      storeId,
      activities: createActivities(dependencies),
      workflowBundle,
    }
    const keepJournal = createActivityInterceptor(journal, dependencies.store)
    const observe = (kind: QueueKind) =>
      observeActivities(meter.stages.start[kind === 'unprotected' ? 'sandbox' : kind], metrics)
    const workerOptions = queues.map((kind) => chooseOptions(kind, setting, [keepJournal, observe(kind)]))
    const workers = await Promise.all(workerOptions.map((each) => Worker.create(each)))
    const shutDown = () => workers.forEach((worker) => worker.getState() === 'RUNNING' && worker.shutdown())
    stop.addEventListener('abort', shutDown, { once: true })
    const running = Promise.all(workers.map((worker) => worker.run()))
    const reported = reportDead(new Client({ connection, namespace }), journalFolder, nameTaskQueue(storeId, 'runs'))
    const noteReported = (dead: number) => {
      if (dead > 0) onNote(`retrying ${count(dead, 'activity', 'activities')} of dead workers`)
    }
    reported.then(noteReported, onNote)
    onReady({ queues, sandbox })
    if (stop.aborted) shutDown()
    await running
    await reported.catch(() => undefined)
    // After a normal end nothing is in flight; otherwise the journal stays for the next worker.
    journal.close()
  } finally {
    clearInterval(measuring)
    meter.close()
    await dependencies.close()
    await closeConnection(connection)
  }
}

/** Proves the sandbox before any work is accepted. */
async function openSandbox(
  dependencies: Pick<ActivityDependencies, 'sandbox'>,
  optional: boolean | undefined,
): Promise<WorkerSandbox> {
  try {
    const { facts, withstood } = await dependencies.sandbox('auto')
    return { description: { ...facts }, withstood }
  } catch (error) {
    if (!optional || !(error instanceof SandboxUnavailable)) throw error
    return { missing: error.message, mend: error.mend }
  }
}

async function closeConnection(connection: NativeConnection): Promise<void> {
  await connection.close().catch(() => undefined)
}
