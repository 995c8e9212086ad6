import { Hono } from 'hono'
import { isSolvedByHand, listOf } from '../../domain/tasks/progress.ts'
import type { ProgressDocument } from '../documents.ts'
import { listAllTasks, type Library } from '../library.ts'
import { checkValue, readBody } from '../read-body.ts'
import { adoptionRequestSchema, personSchema } from '../schemas.ts'

/** What one person has solved, with the number of tries. */
export function createProgressRoutes(library: Library): Hono {
  const routes = new Hono()

  routes.get('/', async (context) => {
    const person = checkValue(personSchema, context.req.query('person'))
    const [progress, tasks] = await Promise.all([library.progress.read(), listAllTasks(library)])
    const entries = Object.entries(listOf(progress, person))
    const keys = new Map(tasks.map(({ key, hash }) => [hash, key]))
    const solved = new Map<string, number>()
    for (const [, entry] of entries) {
      const key = keys.get(entry.task_hash)
      if (key === undefined || !isSolvedByHand(entry)) continue
      const tries = Math.max(...entry.tests.map(({ solved_in }) => solved_in ?? 0))
      // If it was solved in several versions, the best one counts.
      solved.set(key, Math.min(tries, solved.get(key) ?? Infinity))
    }
    const document: ProgressDocument = {
      solved: Object.fromEntries(solved),
      views: Object.fromEntries(entries.map(([hash, { tests }]) => [hash, tests])),
    }
    return context.json(document)
  })

  routes.post('/adoptions', async (context) => {
    const { from, to } = await readBody(context, adoptionRequestSchema)
    await library.progress.adopt(from, to)
    return context.json({})
  })
  return routes
}
