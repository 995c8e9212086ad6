import type { Grid } from '../grids/grid.ts'
import { chosenRound, countTrainCells, listTestOutputs, type ItemRecord, type SampleRecord } from '../runs/record.ts'
import type { TaskPairs } from '../tasks/task.ts'

/** What selection may know about a sample: its program's results on train pairs. There is no place for those on a test pair. */
export interface Candidate {
  /** Null for a grid that was answered directly: nothing shows how the model would do on train pairs. */
  readonly program: {
    readonly passesTrain: boolean
    readonly trainCells: number
    readonly length: number
    readonly hash: string
  } | null
}

/** One grid proposed for one test input, with every sample that gave it. No two proposals for an input are equal. */
export interface Proposal {
  readonly grid: Grid
  readonly text: string
  readonly backers: readonly Candidate[]
}

/** Groups an item's samples by their output for each test input. @returns proposals per test input, in no particular order */
export function listProposals(record: ItemRecord, task: TaskPairs): Proposal[][] {
  const candidates = record.samples.map((sample) => ({
    candidate: readCandidate(sample, task.train.length),
    outputs: listTestOutputs(sample, task),
  }))
  return task.test.map((_, test) => {
    const proposals = new Map<string, { grid: Grid; text: string; backers: Candidate[] }>()
    for (const { candidate, outputs } of candidates) {
      const grid = outputs[test]
      if (!grid) continue
      const text = JSON.stringify(grid)
      const proposal = proposals.get(text)
      if (proposal) proposal.backers.push(candidate)
      else proposals.set(text, { grid, text, backers: [candidate] })
    }
    return [...proposals.values()]
  })
}

function readCandidate(sample: SampleRecord, trainPairs: number): Candidate {
  const round = chosenRound(sample)
  const { run, program, program_hash } = round
  if (run === null || program === null || program_hash === null) return { program: null }
  return {
    program: {
      passesTrain: run.train_correct,
      trainCells: countTrainCells(round, trainPairs),
      length: program.length,
      hash: program_hash,
    },
  }
}
