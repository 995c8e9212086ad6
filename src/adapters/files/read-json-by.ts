import { z } from 'zod'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { messageOf } from '../../domain/message-of.ts'

/** The value, or every fault with its place. */
export type Reading<Value> = { readonly value: Value } | { readonly faults: readonly MalformedInput[] }

/** Where a value is in a file: `line 3` or a path such as `results[2]`; an empty place is the whole file. */
export interface Origin {
  readonly file: string
  readonly place: string
}

/** Parses a JSON text and checks it against a schema. */
export function readJsonBy<Value>(schema: z.ZodType<Value>, text: string, file: string): Reading<Value> {
  const parsed = parseJson(text, { file, place: '' })
  return 'faults' in parsed ? parsed : checkBy(schema, parsed.value, { file, place: '' })
}

/** Parses a JSON text without checking its shape. */
export function parseJson(text: string, { file, place }: Origin): Reading<unknown> {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    // The message quotes the text around the fault, including line ends.
    const reason = messageOf(error).replaceAll(/\s+/g, ' ')
    // Within one line of a file, the parser's own line and column mislead.
    const problem = place === '' ? reason : reason.replace(/ \(line \d+ column \d+\)$/, '')
    return { faults: [new MalformedInput(file, place, `not JSON (${problem})`)] }
  }
}

/** Checks an already parsed value; each fault names its place within the origin's. */
export function checkBy<Value>(schema: z.ZodType<Value>, value: unknown, { file, place }: Origin): Reading<Value> {
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data }
  const faults = result.error.issues.map((issue) => {
    const suffix = describeFound(valueAt(value, issue.path))
    return new MalformedInput(file, joinPlace(place, z.core.toDotPath(issue.path)), `${issue.message}${suffix}`)
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

/** Short values are shown; the message itself describes lists. */
function describeFound(value: unknown): string {
  if (typeof value === 'object' && value !== null) return ''
  return value === undefined ? '; it is missing' : `; found ${JSON.stringify(value).slice(0, 60)}`
}
