import { type Grid } from './grid.ts'
import { chosenRound, type ItemRecord, type RoundRecord } from './record.ts'

/** How many grids may be handed in per test input, by ARC's rule (arcprize.org/guide). */
const attemptsPerTestInput = 2

/** Stands beside every selection that was made by it. */
export const selectionRule = { name: 'train-pass-then-votes', version: 1 } as const

/** What selection may see of a sample: it has no place for anything about a test output's correctness. */
interface Candidate {
  readonly passesTrain: boolean
  readonly trainCells: number
  readonly programHash: string
  readonly programLength: number
  /** Per test input what the program returned, null where that was no grid. */
  readonly testOutputs: readonly (Grid | null)[]
}

interface Group {
  /** The grid's text: the last tie-break, where one program's chance gave two outputs. */
  readonly key: string
  readonly grid: Grid
  readonly votes: number
  readonly best: Candidate
}

/**
 * Chooses for each test input at most two *different* grids, seeing train pairs only.
 *
 * Candidates that pass all train pairs come first, grouped by equal output on that test input, by votes; then the rest by
 * train cells right. Ties go to the smaller program, then to its hash, never to the order of the samples.
 *
 * @returns per test input its attempts, best first
 */
export function selectAttempts(record: ItemRecord, trainPairs: number): Grid[][] {
  const candidates = record.samples.flatMap((sample) => readCandidate(chosenRound(sample), trainPairs))
  const testInputs = Math.max(0, ...candidates.map((candidate) => candidate.testOutputs.length))
  return Array.from({ length: testInputs }, (_, test) =>
    groupByOutput(candidates, test)
      .sort(compareGroups)
      .slice(0, attemptsPerTestInput)
      .map((group) => group.grid),
  )
}

function readCandidate({ program, program_hash, run }: RoundRecord, trainPairs: number): Candidate[] {
  if (program === null || program_hash === null || run === null) return []
  return [
    {
      passesTrain: run.train_correct,
      trainCells: run.pairs.slice(0, trainPairs).reduce((sum, pair) => sum + pair.cells_right, 0),
      programHash: program_hash,
      programLength: program.length,
      testOutputs: run.outputs.slice(trainPairs),
    },
  ]
}

function groupByOutput(candidates: readonly Candidate[], test: number): Group[] {
  const groups = new Map<string, Group>()
  for (const candidate of candidates) {
    const grid = candidate.testOutputs[test]
    if (!grid) continue
    const key = JSON.stringify(grid)
    const group = groups.get(key)
    const best = group && compareCandidates(group.best, candidate) <= 0 ? group.best : candidate
    // A vote counts among its peers: those that fail a train pair add nothing to those that pass.
    const vote = candidate.passesTrain ? 1 : 0
    groups.set(key, { key, grid, votes: (group?.votes ?? 0) + vote, best })
  }
  return [...groups.values()]
}

function compareGroups(a: Group, b: Group): number {
  return b.votes - a.votes || compareCandidates(a.best, b.best) || (a.key < b.key ? -1 : 1)
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    Number(b.passesTrain) - Number(a.passesTrain) ||
    b.trainCells - a.trainCells ||
    a.programLength - b.programLength ||
    (a.programHash < b.programHash ? -1 : a.programHash > b.programHash ? 1 : 0)
  )
}
