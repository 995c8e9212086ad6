import { Hono, type Context } from 'hono'
import { listTraces, type TraceOutcome } from '../../domain/tasks/change-traces.ts'
import type { Trace } from '../../domain/tasks/trace.ts'
import type { TracesDocument } from '../documents.ts'
import type { Library } from '../library.ts'
import { openTask, openView } from '../open-view.ts'
import { Problem } from '../problem.ts'
import { checkValue, readBody } from '../read-body.ts'
import {
  newTraceSchema,
  personRequestSchema,
  taskNameSchema,
  traceIdSchema,
  traceTextSchema,
  voteSchema,
} from '../schemas.ts'

/** Traces of tasks, and what people do with them. */
export function createTraceRoutes(library: Library): Hono {
  const { traces } = library
  const routes = new Hono()

  routes.get('/', async (context) => {
    const { taskId } = await openTask(library, checkValue(taskNameSchema, context.req.query('task')))
    const document: TracesDocument = {
      traces: listTraces(await traces.read(), taskId).toSorted(
        (a, b) => b.score - a.score || b.timestamp - a.timestamp,
      ),
    }
    return context.json(document)
  })

  routes.post('/', async (context) => {
    const { task, person, text, version } = await readBody(context, newTraceSchema)
    const { taskId } = await openTask(library, task)
    await checkVersion(library, task, version)
    const trace = await traces.add({ task_id: taskId, username: person, text, ...(version > 0 && { version }) })
    return context.json(trace, 201)
  })

  routes.put('/:id', async (context) => {
    const { person, text } = await readBody(context, traceTextSchema)
    return context.json(open(await traces.edit({ traceId: idOf(context), username: person, text })))
  })

  routes.put('/:id/vote', async (context) => {
    const { person, vote } = await readBody(context, voteSchema)
    return context.json(open(await traces.vote({ traceId: idOf(context), username: person, vote })))
  })

  routes.delete('/:id', async (context) => {
    const { person } = await readBody(context, personRequestSchema)
    return context.json(open(await traces.remove({ traceId: idOf(context), username: person })))
  })

  routes.post('/:id/restore', async (context) => {
    const { person } = await readBody(context, personRequestSchema)
    return context.json(open(await traces.restore({ traceId: idOf(context), username: person })))
  })
  return routes
}

/** @throws {Problem} if a trace would stand under a version that nobody signed */
async function checkVersion(library: Library, key: string, version: number): Promise<void> {
  try {
    await openView(library, { key, version: String(version), steps: undefined })
  } catch (error) {
    if (error instanceof Problem && error.type === 'no-such-version')
      throw new Problem(400, 'no-such-version', `version: ${error.message}`, 'version')
    throw error
  }
}

const idOf = (context: Context) => checkValue(traceIdSchema, context.req.param('id'))

function open(outcome: TraceOutcome): Trace {
  switch (outcome.outcome) {
    case 'done':
    case 'unchanged':
      return outcome.trace
    case 'not-found':
      throw new Problem(404, 'no-such-trace', 'This trace no longer exists.')
    case 'not-yours':
      throw new Problem(403, 'not-yours', `Only ${outcome.trace.username}, who wrote this trace, may change it.`)
  }
}
