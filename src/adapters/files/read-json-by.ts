import { z } from 'zod'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { messageOf } from '../../domain/message-of.ts'

/** What was read, or every fault with its place. */
export type Reading<Value> = { readonly value: Value } | { readonly faults: readonly MalformedInput[] }

/** Where in a file a value stands: `line 3` or a path such as `results[2]`; empty for the whole of it. */
export interface Origin {
  readonly file: string
  readonly place: string
}

/** Reads a JSON text by a schema. */
export function readJsonBy<Value>(schema: z.ZodType<Value>, text: string, file: string): Reading<Value> {
  const parsed = parseJson(text, { file, place: '' })
  return 'faults' in parsed ? parsed : checkBy(schema, parsed.value, { file, place: '' })
}

/** Parses a JSON text of which nothing is known yet. */
export function parseJson(text: string, { file, place }: Origin): Reading<unknown> {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    // It quotes what stands around the place, line ends and all.
    const reason = messageOf(error).replaceAll(/\s+/g, ' ')
    // Within a line of a file its own lines and columns mislead.
    const found = place === '' ? reason : reason.replace(/ \(line \d+ column \d+\)$/, '')
    return { faults: [new MalformedInput(file, place, `not JSON (${found})`)] }
  }
}

/** Checks a value that was parsed already; faults name their place within the origin's. */
export function checkBy<Value>(schema: z.ZodType<Value>, value: unknown, { file, place }: Origin): Reading<Value> {
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data }
  const faults = result.error.issues.map((issue) => {
    const found = describeFound(valueAt(value, issue.path))
    return new MalformedInput(file, joinPlace(place, z.core.toDotPath(issue.path)), `${issue.message}${found}`)
  })
  return { faults }
}

function joinPlace(outer: string, inner: string): string {
  if (outer === '' || inner === '') return outer + inner
  if (outer.startsWith('line ')) return `${outer}, ${inner}`
  return inner.startsWith('[') ? outer + inner : `${outer}.${inner}`
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, key) => (typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined),
    value,
  )
}

/** Short values are worth showing; lists are described by the message. */
function describeFound(value: unknown): string {
  if (typeof value === 'object' && value !== null) return ''
  return value === undefined ? '; it is missing' : `; found ${JSON.stringify(value).slice(0, 60)}`
}
