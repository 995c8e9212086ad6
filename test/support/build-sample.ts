import type { CallDocument, RoundDocument, SampleDocument } from '../../src/api/documents.ts'

export const sampleCall: CallDocument = {
  answer_key: 'k',
  test: null,
  messages: [
    { role: 'system', content: 'You find the rule.' },
    { role: 'user', content: 'What is the rule?' },
  ],
  parameters: { temperature: 0.5 },
  outcome: 'answered',
  problem: null,
  rejected: null,
  refusal: null,
  text: 'It is mirrored.',
  reasoning: 'Let me see.',
  finish_reason: 'stop',
  served_by: { model: 'model-id-2', host: 'Elsewhere' },
  request_id: 'r',
  asked_at: '2026-01-01T00:00:00.000Z',
  time_seconds: 2,
  usage: { prompt_tokens: 100, completion_tokens: 10 },
  cost_usd: 0.25,
}

export const sampleRound: RoundDocument = {
  calls: [sampleCall],
  lost: [],
  partials: [],
  program: 'def solve_task(grid):\n    return grid[5]',
  ran: { verdict: 'wrong', deterministic: null, printed: '', cpu_seconds: 0.1, wall_seconds: 0.2 },
  results: [
    { part: 'train', index: 0, verdict: 'correct', got: [[2, 1]] },
    { part: 'test', index: 0, verdict: 'wrong', got: [[3, 4]] },
  ],
  sandbox: null,
  time_seconds: 2,
  usage: { prompt_tokens: 100, completion_tokens: 10 },
  cost_usd: 0.25,
}

/** A sample that is right on its train pair and wrong on its test pair, whose output is `[[4, 3]]`. */
export function buildSample(changes: Partial<SampleDocument> = {}): SampleDocument {
  return {
    run: 'bench',
    kind: 'benchmark',
    recipe: 'code',
    model: 'MODEL',
    provider: 'openrouter',
    item: {
      key: 'task-0',
      task_id: 'task-0',
      version: 0,
      dataset: 'd',
      split: 'training',
      view: { task: 'task-0', version: 0 },
    },
    sample: 1,
    samples: 3,
    train: [{ input: [[1, 2]], output: [[2, 1]] }],
    test_inputs: [[[3, 4]]],
    correct: false,
    attempts: [2],
    chosen: 0,
    rounds: [sampleRound],
    source: null,
    ...changes,
  }
}
