import { sameGrid, type Grid } from '../../src/domain/grids/grid.ts'
import type { ItemRecord, PairVerdict, ProgramVerdict, RoundRecord } from '../../src/domain/runs/record.ts'
import { judgeProgram } from '../../src/domain/runs/verdict.ts'
import type { ItemReference } from '../../src/domain/tasks/item.ts'
import type { TaskPairs } from '../../src/domain/tasks/task.ts'

/** What a sample gave: a program with its outputs for test inputs, or grids answered directly. */
export type SampleFacts =
  | {
      /** Whether it passes the train pairs; if not, how many train cells it has right. */
      readonly passes: boolean
      readonly cells?: number
      readonly outputs: readonly (Grid | null)[]
      readonly program?: string
    }
  | { readonly grids: readonly (Grid | null)[] }

const round: RoundRecord = {
  answers: ['a'],
  outcomes: ['answered'],
  program: null,
  program_hash: null,
  run: null,
  sandbox: null,
  time_seconds: 1,
  usage: { prompt_tokens: 10, completion_tokens: 1 },
  cost_usd: 0.001,
}

/** The record of an item with these samples, judged by the task's test outputs. */
export function buildRecord(item: ItemReference, task: TaskPairs, samples: readonly SampleFacts[]): ItemRecord {
  return {
    run_id: 'run',
    item,
    samples: samples.map((facts) => ({ rounds: [{ ...round, ...recordFacts(facts, task) }], chosen: 0 })),
    started_at: '2026-01-01T00:00:00.000Z',
    recorded_at: '2026-01-01T00:00:01.000Z',
  }
}

function recordFacts(facts: SampleFacts, task: TaskPairs): Partial<RoundRecord> {
  if ('grids' in facts) return { grids: facts.grids }
  const { passes, cells = 0, outputs, program = 'p' } = facts
  const train = task.train.map((): PairVerdict => ({
    verdict: passes ? 'correct' : 'wrong',
    cells_right: passes ? 9 : cells,
    cells: 9,
  }))
  const test = task.test.map(({ output }, index): PairVerdict => {
    const grid = outputs[index] ?? null
    const verdict = grid === null ? 'error' : sameGrid(grid, output) ? 'correct' : 'wrong'
    return { verdict, cells_right: 0, cells: output.flat().length }
  })
  const run: ProgramVerdict = {
    verdict: judgeProgram([...train, ...test].map(({ verdict }) => verdict)),
    pairs: [...train, ...test],
    outputs: [...task.train.map(({ output }) => (passes ? output : null)), ...outputs],
    train_correct: passes,
    test_correct: test.every(({ verdict }) => verdict === 'correct'),
    deterministic: passes ? true : null,
    printed: '',
    cpu_seconds: 0.01,
    wall_seconds: 0.02,
  }
  return { program, program_hash: program, run }
}
