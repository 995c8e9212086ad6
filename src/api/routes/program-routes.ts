import { Hono } from 'hono'
import type { Library } from '../library.ts'
import { openView } from '../open-view.ts'
import { checkValue, readBody } from '../read-body.ts'
import { runVisitorProgram } from '../run-visitor-program.ts'
import { programRequestSchema, taskNameSchema } from '../schemas.ts'

/** The status that servers log for a visitor who did not wait. Nobody receives it. */
const leftEarly = 499

/** Visitors' programs. */
export function createProgramRoutes(library: Library): Hono {
  const routes = new Hono()

  routes.post('/:key/run', async (context) => {
    const { program } = await readBody(context, programRequestSchema)
    const { pairs } = await openView(library, {
      key: checkValue(taskNameSchema, context.req.param('key')),
      version: context.req.query('version'),
      steps: context.req.query('steps'),
    })
    const { signal } = context.req.raw
    try {
      return context.json(await runVisitorProgram(library.sandbox, program, pairs, signal))
    } catch (error) {
      if (signal.aborted) return new Response(null, { status: leftEarly })
      throw error
    }
  })
  return routes
}
