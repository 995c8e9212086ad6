import { z } from 'zod'
import type { DiscussionLine } from '../../domain/discussions/discussion.ts'
import { readJsonBy } from '../files/read-json-by.ts'

const text = z.string()
const whole = z.int().min(0)
const model = z.looseObject({ key: text, provider: text, id: text, username: text })
const server = z.looseObject({
  model: text.nullable(),
  host: text.nullable(),
  service_tier: text.exactOptional(),
  system_fingerprint: text.exactOptional(),
  base_url: text.exactOptional(),
})
const usage = z.looseObject({ prompt_tokens: z.number().nullable(), completion_tokens: z.number().nullable() })
const sample = z.looseObject({ run: text, item: text, sample: whole })
const shown = z.looseObject({
  version: whole,
  steps: text,
  task_hash: text.nullable(),
  traces: z.array(text),
  drawing: whole.nullable(),
  sample: sample.nullable(),
})

const lineSchema: z.ZodType<DiscussionLine> = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('begun'),
    id: text,
    task: text,
    task_id: text,
    task_hash: text,
    person: text,
    at: text,
  }),
  z.looseObject({ type: z.literal('question'), id: text, at: text, text, shown, content: text }),
  z.looseObject({ type: z.literal('asked'), question: text, request: text, at: text, model, by: text }),
  z.looseObject({
    type: z.literal('answered'),
    question: text,
    request: text,
    at: text,
    outcome: z.enum(['complete', 'stopped', 'failed']),
    text,
    reasoning: text.nullable(),
    reason: text.nullable(),
    finish_reason: text.nullable(),
    served_by: server.nullable(),
    request_id: text.nullable(),
    usage,
    cost_usd: z.number().nullable(),
    time_seconds: z.number(),
  }),
])

/** Lines that cannot be read, such as one that a crash tore, are left out: what they say of costs is in the ledger. */
export function parseDiscussionLines(file: string): DiscussionLine[] {
  return file.split('\n').flatMap((line) => {
    const reading = readJsonBy(lineSchema, line, 'discussion')
    return 'value' in reading ? [reading.value] : []
  })
}
