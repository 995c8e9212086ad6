import { z } from 'zod'
import { isGrid } from '../../domain/grids/grid.ts'
import { providerNames } from '../../domain/providers/providers.ts'
import { recipeNames } from '../../domain/recipes/find-recipe.ts'
import { batchRetries, batchStates } from '../../domain/runs/batches/batch.ts'
import { acceptedBy } from '../../domain/runs/ledger-lines.ts'
import { runStateNames } from '../../domain/runs/run.ts'
import { runScopes } from '../../domain/runs/specification.ts'

/*
 * What the files of a run must hold to be read. A schema requires only what the code that reads the file relies on: other fields
 * are kept, and words that a later version may add (outcomes, verdicts) may be any text.
 */

const text = z.string({ error: 'must be a text' })
const number = z.number({ error: 'must be a number' })
const whole = z.int({ error: 'must be a whole number from 0' }).min(0, { error: 'must be a whole number from 0' })
const truth = z.boolean({ error: 'must be true or false' })
/** Cells are checked by hand: most of a store is grids, and a schema for each cell would take most of the time. */
const grid = z.custom((value) => isGrid(value), { error: 'must be a grid: rows of equal length with integers 0–9' })
const outputs = z.custom((value) => Array.isArray(value) && value.every((each) => each === null || isGrid(each)), {
  error: 'must be a list of grids, with null for a missing one',
})

function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape, { error: 'must be an object' })
}

function list<Element extends z.ZodType>(element: Element) {
  return z.array(element, { error: 'must be a list' })
}

function byName<Value extends z.ZodType>(value: Value) {
  return z.record(z.string(), value, { error: 'must be an object' })
}

const anything = byName(z.unknown())
const usage = object({ prompt_tokens: number.nullable(), completion_tokens: number.nullable() })

const servedBy = object({
  model: text.nullable(),
  host: text.nullable(),
  service_tier: text.optional(),
  system_fingerprint: text.optional(),
  base_url: text.optional(),
})

const itemReference = object({
  key: text,
  task_id: text,
  version: whole,
  hash: text,
  dataset: text,
  split: text,
  derived_from: object({ version: whole, transforms: list(z.unknown()) }).optional(),
})

const origin = {
  run_id: text,
  group: text,
  created_at: text,
  specification_hash: text,
  datasets: list(object({ path: text, items: whole })),
  versions: byName(text),
  sandbox: object({ description: byName(text), withstood: list(text) })
    .nullable()
    .optional(),
}

const verificationRun = object({
  ...origin,
  specification: object({
    kind: z.literal('verification'),
    entry_points: list(text),
    programs_hash: text,
    program_count: whole,
    items_hash: text,
    item_count: whole,
  }),
  faults: list(object({ file: text, place: text, message: text })),
  output: text.nullable(),
})

const sampling = object({
  temperature: number.optional(),
  maxTokens: whole.optional(),
  reasoningEffort: text.optional(),
  seed: whole.optional(),
  parameters: anything.optional(),
})

const askingRun = object({
  ...origin,
  specification: object({
    kind: z.enum(['benchmark', 'generation'], { error: 'must be "benchmark", "generation" or "verification"' }),
    recipe: z.enum(recipeNames, { error: `must be one of ${recipeNames.join(', ')}` }),
    prompt_hash: text,
    model: object({ provider: text, id: text }),
    sampling,
    samples: whole.min(1, { error: 'must be a whole number from 1' }),
    rounds: whole.min(1, { error: 'must be a whole number from 1' }),
    solver: text.optional(),
    items_hash: text,
    item_count: whole,
  }),
  model: object({
    key: text,
    provider: z.enum(providerNames, { error: `must be one of ${providerNames.join(', ')}` }),
    id: text,
    baseUrl: text,
    baseUrls: list(text).optional(),
    apiKeyVariable: text.optional(),
    prices: object({ promptUsdPerMillion: number, completionUsdPerMillion: number }).optional(),
    limits: anything,
    defaults: anything,
    username: text,
  }),
})

const verificationKind = object({ specification: object({ kind: z.literal('verification') }) })

/** Its kind decides which of the two shapes applies; a union of both would report every fault as "nothing fits". */
const run = z.unknown().transform((value, context) => {
  const result = (verificationKind.safeParse(value).success ? verificationRun : askingRun).safeParse(value)
  if (!result.success) for (const issue of result.error.issues) context.addIssue({ ...issue })
  return value
})

const state = object({
  state: z.enum(runStateNames, { error: `must be one of ${runStateNames.join(', ')}` }),
  reason: text.nullable(),
  ending: z.enum(['interrupt', 'cancel'], { error: 'must be "interrupt", "cancel" or null' }).nullable(),
  controls: object({
    max_concurrent_tasks: whole,
    max_concurrent_requests: whole.optional(),
    save_interval: whole,
    budget_usd: number.nullable(),
    stream: truth.optional(),
    batch: z.enum(batchRetries, { error: `must be one of ${batchRetries.join(', ')}` }).optional(),
  }),
  items: object({ total: whole, recorded: whole, failed: whole }),
  open_seconds: number,
  started_at: text,
  opened_at: text,
  scope: z.enum(runScopes, { error: `must be one of ${runScopes.join(', ')}` }).optional(),
  ended_at: text.nullable(),
  updated_at: text,
  results_file: text.nullable(),
  report_file: text.nullable(),
  temporal: object({ namespace: text, workflow_id: text, run_id: text }).nullable(),
})

const pair = object({ input: grid, output: grid })
const pairs = object({ train: list(pair), test: list(pair) })

const programs = list(object({ program: text, source: object({ origin: text, place: text, sample: whole }) }))

const prompt = list(object({ role: text, content: text }))

const question = object({
  item: text,
  sample: whole,
  round: whole,
  test_pair: whole.nullable(),
  previous: text.nullable(),
})

const answer = object({
  key: text,
  question,
  sent: object({ prompt: text, parameters: anything }),
  asked_at: text,
  answered_at: text,
  time_seconds: number,
  rejected: text.nullable(),
  served_by: servedBy.optional(),
  usage,
  cost_usd: number.nullable(),
  ledger_request: text,
  request_id: text.nullable(),
})

const partial = object({
  answer: text,
  question,
  reason: text,
  asked_at: text,
  broke_at: text,
  text,
  reasoning: text,
  omitted_characters: whole,
  ledger_request: text,
  request_id: text.nullable(),
})

const batch = object({
  batch: text,
  state: z.enum(batchStates, { error: `must be one of ${batchStates.join(', ')}` }),
  requests: whole,
  bytes: whole,
  built_at: text,
  reserved: truth,
  file_id: text.nullable(),
  sent_at: text.nullable(),
  provider_id: text.nullable(),
  counts: object({ done: whole, failed: whole }),
  checked_at: text.nullable(),
  ended_at: text.nullable(),
  reason: text.nullable(),
  failing_since: text.nullable(),
})

const batchRequests = list(object({ request: text, answer: text, question, prompt: text, most_usd: number.nullable() }))

const programVerdict = object({
  verdict: text,
  pairs: list(
    object({
      verdict: text,
      message: text.optional(),
      error_type: text.optional(),
      line: number.optional(),
      cells_right: number,
      cells: number,
    }),
  ),
  outputs,
  train_correct: truth,
  test_correct: truth,
  deterministic: truth.nullable(),
  printed: text,
  cpu_seconds: number,
  wall_seconds: number,
})

const sandbox = byName(text)

const verdicts = object({ sandbox, programs: byName(programVerdict) })

const decision = object({
  solver: text,
  item: text.nullable(),
  follows: list(list(list(text))),
  steps: list(object({ ask: whole })),
  decided_at: text,
})

const round = object({
  answers: list(text),
  outcomes: list(text),
  program: text.nullable(),
  program_hash: text.nullable(),
  run: programVerdict.nullable(),
  grids: outputs.optional(),
  sandbox: sandbox.nullable(),
  served_by: list(servedBy).optional(),
  time_seconds: number,
  usage,
  cost_usd: number.nullable(),
})

const sample = object({ rounds: list(round), chosen: whole }).refine(({ rounds, chosen }) => chosen < rounds.length, {
  path: ['chosen'],
  error: 'must be the index of one of `rounds`',
})

const record = object({
  run_id: text,
  item: itemReference,
  samples: list(sample),
  started_at: text,
  recorded_at: text,
})

const failure = object({ item: text, reason: text, at: text })

const ledgerLine = z.discriminatedUnion(
  'type',
  [
    object({ type: z.literal('sent'), request: text, answer: text, at: text, most_usd: number.nullable() }),
    object({
      type: z.literal('accepted'),
      request: text,
      answer: text,
      at: text,
      provider_id: text,
      by: z.enum(acceptedBy, { error: `must be one of ${acceptedBy.join(', ')}` }),
    }),
    object({
      type: z.literal('settled'),
      request: text,
      answer: text,
      at: text,
      fate: z.enum(['stored', 'rejected', 'failed'], { error: 'must be "stored", "rejected" or "failed"' }),
      cost_usd: number.nullable(),
      usage,
    }),
  ],
  { error: 'must be a line with the `type` "sent", "accepted" or "settled"' },
)

const numbers = object({ code: text, state: text, stamp: text, numbers: anything })

/** By the first part of a file's name within its run. */
export const storedShapes = {
  'run.json': run,
  'state.json': state,
  'items.json': list(itemReference),
  items: pairs,
  programs,
  prompts: prompt,
  answers: answer,
  partial,
  batches: batch,
  batch_requests: batchRequests,
  wanted: list(question),
  verdicts,
  decisions: decision,
  records: record,
  failures: failure,
  ledger: ledgerLine,
  'numbers.json': numbers,
} as const satisfies Record<string, z.ZodType>

export const storeShape = object({ store_id: text })
