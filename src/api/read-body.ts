import type { Context } from 'hono'
import { z } from 'zod'
import { Problem } from './problem.ts'

/** Reads and validates a request's JSON body. @throws {Problem} naming the place and what was expected there */
export async function readBody<Value>(context: Context, schema: z.ZodType<Value>): Promise<Value> {
  // A form on a foreign page can send text, but this type only after a preflight.
  if (!/^application\/json\s*(;|$)/i.test(context.req.header('content-type') ?? '')) {
    throw new Problem(415, 'not-json', 'The body must be sent as application/json.')
  }
  const text = await context.req.text()
  return checkValue(schema, parseJson(text))
}

/** @throws {Problem} naming the first fault */
export function checkValue<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const place = issue === undefined ? '' : z.core.toDotPath(issue.path)
  throw new Problem(400, 'malformed', place === '' ? `${issue?.message}` : `${place}: ${issue?.message}`, place)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem(400, 'not-json', `The body is not JSON: ${String(error)}`)
  }
}
