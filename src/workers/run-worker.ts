import { join } from 'node:path'
import { Client } from '@temporalio/client'
import { Worker, type NativeConnection } from '@temporalio/worker'
import { createActivities } from '../activities/create-activities.ts'
import type { ActivityDependencies } from '../activities/dependencies.ts'
import { nameWorker, openJournal } from '../adapters/journal.ts'
import { SandboxUnavailable } from '../adapters/sandbox/sandbox.ts'
import { prepareDataDir, type Config } from '../config.ts'
import { count } from '../domain/count.ts'
import type { WorkerSandbox } from '../domain/runs/record.ts'
import { nameTaskQueue, type QueueKind } from '../domain/runs/task-queues.ts'
import { createActivityInterceptor } from './activity-interceptor.ts'
import { bundleWorkflows } from './bundle-workflows.ts'
import { connectPatiently } from './connect-patiently.ts'
import { createDependencies } from './create-dependencies.ts'
import { reportDead } from './report-dead.ts'
import { chooseOptions } from './worker-options.ts'

export interface RunWorkerOptions {
  readonly config: Config
  readonly queues: readonly QueueKind[]
  /** Aborted when the worker should end: it takes nothing new, lets what is in flight finish, and returns. */
  readonly stop: AbortSignal
  /** Where no sandbox can be had, serve the other queues. A worker that was told its queues by name serves them or none. */
  readonly sandboxOptional?: boolean
  /** Called once it takes work. */
  readonly onReady: (served: Served) => void
  readonly onNote: (line: string) => void
  /** Makes the outside world of the activities. A bench makes a lighter one, to see what each part of it costs. */
  readonly createDependencies?: typeof createDependencies
}

interface Served {
  readonly queues: readonly QueueKind[]
  /** Undefined when it was not to serve programs. */
  readonly sandbox: WorkerSandbox | undefined
}

/**
 * Serves queues until it is asked to stop. Needs a Temporal server and the store, and nothing else.
 *
 * @throws {SandboxUnavailable} when the sandbox cannot be had and is not optional, before any work is taken.
 */
export async function runWorker(options: RunWorkerOptions): Promise<void> {
  const { config, stop, onReady, onNote } = options
  prepareDataDir(config)
  const identity = nameWorker()
  const dependencies = (options.createDependencies ?? createDependencies)(config, identity.replaceAll(/[^\w.-]/g, '-'))
  const journalFolder = join(config.stateDir, 'journals')
  const [connection, workflowBundle, storeId, sandbox] = await Promise.all([
    connectPatiently(config, stop),
    bundleWorkflows(config.stateDir),
    dependencies.store.readStoreId(),
    options.queues.includes('sandbox') ? openSandbox(dependencies, options.sandboxOptional) : undefined,
  ])
  const isLacking = sandbox !== undefined && 'missing' in sandbox
  if (isLacking) onNote(`no program runs here in a sandbox: ${sandbox.missing} To mend it: ${sandbox.mend}`)
  const queues = options.queues.filter((kind) => kind !== 'sandbox' || !isLacking)
  const journal = openJournal(journalFolder)
  try {
    const { namespace } = config.temporal
    const setting = {
      connection,
      namespace,
      identity,
      storeId,
      activities: createActivities(dependencies),
      workflowBundle,
      interceptor: createActivityInterceptor(journal, dependencies.store),
    }
    const workers = await Promise.all(queues.map((kind) => Worker.create(chooseOptions(kind, setting))))
    const shutDown = () => workers.forEach((worker) => worker.getState() === 'RUNNING' && worker.shutdown())
    stop.addEventListener('abort', shutDown, { once: true })
    const running = Promise.all(workers.map((worker) => worker.run()))
    const reported = reportDead(new Client({ connection, namespace }), journalFolder, nameTaskQueue(storeId, 'runs'))
    const noteReported = (dead: number) => {
      if (dead > 0) onNote(`tried again: ${count(dead, 'activity', 'activities')} of dead workers`)
    }
    reported.then(noteReported, onNote)
    onReady({ queues, sandbox })
    if (stop.aborted) shutDown()
    await running
    await reported.catch(() => undefined)
    // What ended in order has nothing in flight; what did not leaves its journal to the next worker.
    journal.close()
  } finally {
    await dependencies.close()
    await closeConnection(connection)
  }
}

/** Proves it before any work is taken. */
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
