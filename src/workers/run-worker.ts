import { Client } from '@temporalio/client'
import { type NativeConnection, Worker } from '@temporalio/worker'
import { join } from 'node:path'
import { createActivities } from '../activities/create-activities.ts'
import { prepareDataDir, type Config } from '../config.ts'
import { nameTaskQueues, type QueueKind } from '../domain/task-queues.ts'
import { createActivityInterceptor } from './activity-interceptor.ts'
import { bundleWorkflows } from './bundle-workflows.ts'
import { connectPatiently } from './connect-patiently.ts'
import { createDependencies } from './create-dependencies.ts'
import { nameWorker, openJournal } from '../adapters/journal.ts'
import { reportDead } from './report-dead.ts'
import { chooseOptions } from './worker-options.ts'

export interface RunWorkerOptions {
  readonly config: Config
  readonly queues: readonly QueueKind[]
  /** Aborted when the worker should end: it takes nothing new, lets what is in flight finish, and returns. */
  readonly stop: AbortSignal
  /** Called once it takes work. */
  readonly onReady: () => void
  readonly onNote: (line: string) => void
  /** Makes the outside world of the activities. A bench makes a lighter one, to see what each part of it costs. */
  readonly createDependencies?: typeof createDependencies
}

/**
 * Serves queues until it is asked to stop. Needs a Temporal server and the store, and nothing else.
 *
 * @throws when the sandbox cannot be had, before any work is taken.
 */
export async function runWorker(options: RunWorkerOptions): Promise<void> {
  const { config, queues, stop, onReady, onNote } = options
  prepareDataDir(config)
  const identity = nameWorker()
  const dependencies = (options.createDependencies ?? createDependencies)(config, identity.replaceAll(/[^\w.-]/g, '-'))
  const journalFolder = join(config.stateDir, 'journals')
  const [connection, workflowBundle, taskQueues] = await Promise.all([
    connectPatiently(config, stop),
    bundleWorkflows(config.stateDir),
    dependencies.store.readStoreId().then(nameTaskQueues),
    queues.includes('sandbox') ? dependencies.sandbox() : undefined,
  ])
  const journal = openJournal(journalFolder)
  try {
    const { namespace } = config.temporal
    const setting = {
      connection,
      namespace,
      identity,
      taskQueues,
      activities: createActivities(dependencies),
      workflowBundle,
      interceptor: createActivityInterceptor(journal, dependencies.store),
    }
    const workers = await Promise.all(queues.map((kind) => Worker.create(chooseOptions(kind, setting))))
    const shutDown = () => workers.forEach((worker) => worker.getState() === 'RUNNING' && worker.shutdown())
    stop.addEventListener('abort', shutDown, { once: true })
    const running = Promise.all(workers.map((worker) => worker.run()))
    const reported = reportDead(new Client({ connection, namespace }), journalFolder)
    reported.then((count) => count > 0 && onNote(`${count} activities of dead workers are tried again`), onNote)
    onReady()
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

async function closeConnection(connection: NativeConnection): Promise<void> {
  await connection.close().catch(() => undefined)
}
