import { countRightCells, sameGrid, type Grid } from '../domain/grids/grid.ts'
import { compareMisses, findNearestMiss, type NearestMiss } from '../domain/results/nearest-miss.ts'
import { chosenRound, listTestOutputs, type ItemRecord } from '../domain/runs/record.ts'
import { givesGrids, type RunRecord } from '../domain/runs/run.ts'
import type { ItemReference } from '../domain/tasks/item.ts'
import type { TaskPairs } from '../domain/tasks/task.ts'
import { createExceptionTally, type ExceptionCount } from './tally-exceptions.ts'
import { describeTask, type TaskRow } from './task-row.ts'

/** Tasks of one kind, and how many of them are solved. */
export interface SolvedShare {
  readonly label: string
  readonly tasks: number
  readonly solved: number
}

/** Summary of a list of numbers. */
export interface Spread {
  readonly count: number
  readonly least: number
  readonly median: number
  /** Nine in ten are at most this. */
  readonly p90: number
  readonly most: number
}

/** What a report says beyond the run's numbers: computed from records alone. */
export interface RunAnalysis {
  readonly programs: {
    readonly total: number
    /** Equal programs of one task count once. */
    readonly distinct: number
    readonly train_correct: number
    readonly test_correct: number
    /** Containing a train or test output of their task; containing a test output. */
    readonly copying: number
    readonly copying_test: number
    /** With as much data as a table of the train outputs. */
    readonly tables: number
    readonly nondeterministic: number
  }
  /** Exceptions of programs, by name: untrusted text. */
  readonly error_types: Readonly<Record<string, number>>
  /** The same with their messages, most frequent first, at most twenty. */
  readonly exceptions: readonly ExceptionCount[]
  /** Wrong test outputs of samples, by how they are wrong. */
  readonly wrong_outputs: Readonly<Record<string, number>>
  readonly by_grid_size: readonly SolvedShare[]
  readonly by_train_pairs: readonly SolvedShare[]
  readonly completion_tokens: Spread | null
  readonly program_characters: Spread | null
  /** Generation runs only: the samples' explanations. Equal texts of one task count once. */
  readonly reasoning: { readonly total: number; readonly distinct: number; readonly characters: Spread | null } | null
  readonly nearest_misses: readonly NearestMiss[]
  /** Every item of the run, in the run's order. */
  readonly per_task: readonly TaskRow[]
}

const maxMisses = 6

/** Upper bounds, in cells: those of 5×5, 10×10, 15×15, 20×20 and 30×30. */
const gridSizes = [25, 100, 225, 400, 900]

/** Upper bounds, as shares of an output's cells. */
const sharesWrong = [0.01, 0.05, 0.1, 0.25, 0.5, 1]

/** Processes items one by one and keeps little of each. Their order only affects ties. */
export function createRunAnalysis(run: RunRecord) {
  const judged = givesGrids(run)
  const rows = new Map<string, TaskRow>()
  const errorTypes = new Map<string, number>()
  const exceptions = createExceptionTally()
  const wrongOutputs = new Map<string, number>([
    ['another size', 0],
    ...sharesWrong.map((end): [string, number] => [nameShare(end), 0]),
  ])
  const tokens: number[] = []
  const characters: number[] = []
  let misses: NearestMiss[] = []
  const reasoning = { distinct: 0 }
  const reasoningCharacters: number[] = []
  const programs = { total: 0, distinct: 0, test_correct: 0 }
  return {
    /**
     * @param record undefined for an item without a record
     * @param reasonings of its samples, if they were read
     */
    add: (
      item: ItemReference,
      task: TaskPairs,
      record: ItemRecord | undefined,
      reasonings: readonly string[] = [],
    ): void => {
      const row = describeTask(item, task, record, judged)
      rows.set(item.key, row)
      if (record === undefined) return
      const chosen = record.samples.map(chosenRound)
      programs.distinct += new Set(chosen.flatMap(({ program_hash }) => program_hash ?? [])).size
      for (const [sample, { program, run, usage }] of chosen.entries()) {
        if (usage.completion_tokens !== null) tokens.push(usage.completion_tokens)
        if (program !== null) characters.push(program.length)
        programs.total += program === null ? 0 : 1
        programs.test_correct += run?.test_correct === true ? 1 : 0
        const fault = run?.pairs.find(({ error_type }) => error_type !== undefined)
        if (fault?.error_type === undefined) continue
        increase(errorTypes, fault.error_type)
        exceptions.add(item.key, sample, fault)
      }
      for (const sample of record.samples) {
        for (const [test, grid] of listTestOutputs(sample, task).entries()) {
          const fault = nameFault(grid, task.test[test]?.output)
          if (fault !== undefined) increase(wrongOutputs, fault)
        }
      }
      reasoning.distinct += new Set(reasonings).size
      for (const text of reasonings) reasoningCharacters.push(text.length)
      if (row.resolution !== 'no-right-candidate') return
      const miss = findNearestMiss(item, task, record)
      if (miss) misses = [...misses, miss].sort(compareMisses).slice(0, maxMisses)
    },
    /** @param order the run's items */
    analysis: (order: readonly ItemReference[]): RunAnalysis => {
      const perTask = order.flatMap(({ key }) => rows.get(key) ?? [])
      const judgedTasks = judged ? perTask : []
      return {
        programs: {
          ...programs,
          train_correct: sumOf(perTask, 'train_correct'),
          copying: sumOf(perTask, 'copying'),
          copying_test: sumOf(perTask, 'copying_test'),
          tables: sumOf(perTask, 'tables'),
          nondeterministic: sumOf(perTask, 'nondeterministic'),
        },
        error_types: sortCounts(errorTypes),
        exceptions: exceptions.list(),
        wrong_outputs: Object.fromEntries(wrongOutputs),
        by_grid_size: shareSolved(judgedTasks, ({ largest_grid }) => nameSize(largest_grid)),
        by_train_pairs: shareSolved(judgedTasks, ({ train_pairs }) => String(train_pairs)),
        completion_tokens: describeSpread(tokens),
        program_characters: describeSpread(characters),
        reasoning:
          run.specification.kind === 'generation'
            ? {
                total: reasoningCharacters.length,
                distinct: reasoning.distinct,
                characters: describeSpread(reasoningCharacters),
              }
            : null,
        nearest_misses: misses,
        per_task: perTask,
      }
    },
  }
}

function increase(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function sortCounts(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)))
}

function sumOf(
  rows: readonly TaskRow[],
  field: 'train_correct' | 'copying' | 'copying_test' | 'tables' | 'nondeterministic',
) {
  return rows.reduce((sum, row) => sum + row[field], 0)
}

function nameFault(output: Grid | null, expected: Grid | undefined): string | undefined {
  if (output === null || expected === undefined || sameGrid(output, expected)) return undefined
  if (output.length !== expected.length || output[0]?.length !== expected[0]?.length) return 'another size'
  const wrong = 1 - countRightCells(output, expected) / expected.flat().length
  return nameShare(sharesWrong.find((end) => wrong <= end) ?? 1)
}

function nameShare(end: number): string {
  const start = sharesWrong[sharesWrong.indexOf(end) - 1] ?? 0
  return `${100 * start}–${100 * end} % of cells`
}

function nameSize(cells: number): string {
  const end = gridSizes.find((size) => cells <= size) ?? 900
  return `up to ${Math.sqrt(end)}×${Math.sqrt(end)}`
}

function shareSolved(rows: readonly TaskRow[], nameOf: (row: TaskRow) => string): SolvedShare[] {
  return [...Map.groupBy(rows, nameOf)]
    .map(([label, members]) => ({
      label,
      tasks: members.length,
      solved: members.filter(({ resolution }) => resolution === 'solved').length,
    }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }))
}

function describeSpread(numbers: readonly number[]): Spread | null {
  const ascending = numbers.toSorted((a, b) => a - b)
  const at = (share: number) => ascending[Math.ceil(share * ascending.length) - 1] ?? 0
  if (ascending.length === 0) return null
  return { count: ascending.length, least: ascending[0] ?? 0, median: at(0.5), p90: at(0.9), most: at(1) }
}
