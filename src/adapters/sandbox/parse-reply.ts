import { asRecord } from '../../domain/providers/json.ts'
import { cleanText } from './clean-text.ts'
import type { Frame } from './frames.ts'
import { parseRows } from './grid-rows.ts'
import type { GridResult, ProgramReport } from './sandbox.ts'

export interface ParsedReply {
  /** One per input, in order; undefined if the fork gave no answer. */
  readonly answers: readonly (GridResult | undefined)[]
  readonly printed: string
  /** The function that was called, and the form of its input; undefined if the fork did not say. */
  readonly call: Pick<ProgramReport, 'called' | 'gridsAs'> | undefined
}

/** Failures inside a fork that lives on; the zygote reports all others. */
const failures = ['error', 'memory', 'invalid-output', 'no-answer'] as const

const messageBytes = 1_000
const typeBytes = 80
/** Limit on a program's printed output; the rest is dropped. */
export const printedBytes = 4_096

/**
 * Reads what a fork wrote: JSON lines that a program may have forged, cut, doubled or filled with anything.
 *
 * Each line is read by itself, and the first answer to an input counts. A program can only forge its own answers, and gains
 * nothing by it: they are compared outside, with outputs it has never seen.
 */
export function parseReply(body: Frame['body'], inputs: number): ParsedReply {
  const answers = Array.from<GridResult | undefined>({ length: inputs })
  let printed: string | undefined
  let call: ParsedReply['call']
  // At most one line per input, one for the call and one for the printed output. Lines that are not JSON cost this process more
  // than they cost the program: a hundred thousand of them would hold up every other program for seconds.
  for (const line of body.toString('utf8').split('\n', inputs + 2)) {
    const fields = parseFields(line)
    if (typeof fields['called'] === 'string') call ??= parseCall(fields)
    if (typeof fields['printed'] === 'string') printed ??= fields['printed']
    const index = Number.isInteger(fields['index']) ? Number(fields['index']) : -1
    if (index >= 0 && index < inputs) answers[index] ??= parseAnswer(fields)
  }
  return { answers, printed: cleanText(printed ?? '', printedBytes), call }
}

function parseCall(fields: Readonly<Record<string, unknown>>): ParsedReply['call'] {
  return {
    called: parseText(fields['called'], typeBytes),
    gridsAs: fields['gridsAs'] === 'array' ? 'array' : 'list',
  }
}

function parseFields(line: string): Readonly<Record<string, unknown>> {
  if (!line.startsWith('{')) return {}
  try {
    const fields: unknown = JSON.parse(line)
    return asRecord(fields)
  } catch {
    return {}
  }
}

function parseAnswer(fields: Readonly<Record<string, unknown>>): GridResult {
  const failure = failures.find((failure) => failure === fields['failure'])
  if (!failure) {
    const grid = parseRows(fields['rows'])
    return grid ? { status: 'ok', grid } : { status: 'invalid-output', message: 'What it answered is not a grid.' }
  }
  const errorType = parseText(fields['type'], typeBytes)
  const message = parseText(fields['message'], messageBytes)
  const line = fields['line']
  return {
    status: failure,
    message,
    ...(errorType && { errorType }),
    ...(Number.isSafeInteger(line) && Number(line) > 0 && { line: Number(line) }),
  }
}

function parseText(value: unknown, maxBytes: number): string {
  return typeof value === 'string' ? cleanText(value, maxBytes) : ''
}
