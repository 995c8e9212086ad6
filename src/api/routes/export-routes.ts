import { Hono } from 'hono'
import type { PosedTask } from '../../domain/tasks/task.ts'
import type { Trace } from '../../domain/tasks/trace.ts'
import { isVersionOf, listAllTasks, type Library } from '../library.ts'

/** A task in the version its traces were written for: an entry as in `arcloom traces export`. */
interface TaskWithTraces extends PosedTask {
  readonly task_id: string
  readonly version: number
  readonly dataset: string
  readonly split: string
  readonly traces: readonly Trace[]
}

/** Downloads. They contain the outputs of test pairs: somebody who downloads a dataset wants all of it. */
export function createExportRoutes(library: Library): Hono {
  const routes = new Hono()

  routes.get('/tasks-with-traces.json', async (context) => {
    context.header('content-disposition', 'attachment; filename="tasks-with-traces.json"')
    return context.json(await listTasksWithTraces(library))
  })
  return routes
}

async function listTasksWithTraces(library: Library): Promise<TaskWithTraces[]> {
  const [tasks, entries, traces] = await Promise.all([
    listAllTasks(library),
    library.dataset.read(),
    library.traces.read(),
  ])
  const byId = Map.groupBy(tasks, ({ taskId }) => taskId)
  return Object.entries(traces).flatMap(([taskId, taskTraces]) =>
    (byId.get(taskId) ?? []).flatMap((task) =>
      [...Map.groupBy(taskTraces, ({ version = 0 }) => version)].flatMap(([version, traces]): TaskWithTraces[] => {
        const entry = entries.find((other) => other.version === version && isVersionOf(task, other))
        const pairs = version === 0 ? task : entry
        const [place] = task.places
        return pairs && place
          ? [{ task_id: taskId, version, train: pairs.train, test: pairs.test, ...place, traces }]
          : []
      }),
    ),
  )
}
