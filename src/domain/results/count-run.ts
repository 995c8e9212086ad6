import { nameTask } from '../format.ts'
import { describeFault, findFirstFault } from '../runs/find-first-fault.ts'
import {
  chosenRound,
  isCorrectOnTests,
  type ItemRecord,
  type RoundRecord,
  type SampleRecord,
  type SandboxDescription,
} from '../runs/record.ts'
import { givesGrids, isVerification, type RunRecord } from '../runs/run.ts'
import { scoreTallies, type SplitScores } from '../scores/score-tallies.ts'
import { resolveItem, tallyItem, type ItemTally, type Resolution } from '../scores/tally-item.ts'
import type { SelectionRule } from '../selection/selection-rule.ts'
import { nameRule, standardRule } from '../selection/selection-rules.ts'
import type { ItemReference } from '../tasks/item.ts'
import type { TaskPairs } from '../tasks/task.ts'
import { createServedCounter, type ServedCounts } from './count-served.ts'

/** Totals over the records of a run. Samples of items without a record are not included. */
export interface RunCounts {
  readonly recorded: number
  /** Samples by the outcome of their answer, and programs by verdict. */
  readonly outcomes: Readonly<Record<string, number>>
  readonly verdicts: Readonly<Record<string, number>>
  /** Tasks with every test output matched by one of the attempts selected on train pairs alone. */
  readonly solved: readonly string[]
  readonly unsolved: readonly string[]
  /** Tasks with at least one program that is not right on every train and test pair. */
  readonly failing: readonly string[]
  /** What is wrong with the first such program of each, in words. */
  readonly firstFaults: readonly { readonly task: string; readonly fault: string }[]
  /** Programs that were given numpy arrays. */
  readonly onArrays: number
  /** Tasks with at least one sample right on the test outputs: an oracle's count, never a score. */
  readonly anySampleRight: number
  /** Over all items of the run, recorded or not. Null if a run has nothing to score. */
  readonly scores: readonly SplitScores[] | null
  /** Over the recorded items only; null if all are recorded, or none, or a run has nothing to score. */
  readonly recordedScores: readonly SplitScores[] | null
  /** Selection rule used. */
  readonly selectionRule: ReturnType<typeof nameRule>
  /** All items of a run that gives grids, by whether they are solved and, if not, what is to blame. */
  readonly resolutions: Readonly<Record<Resolution, number>>
  readonly samples: SampleCounts
  readonly programs: ProgramCounts
  readonly served: ServedCounts
  readonly processing_seconds: number
  /** The sandboxes that ran the programs: one, unless workers differ. */
  readonly sandboxes: readonly SandboxDescription[]
}

/** Samples that have a program; equal programs of a task are one distinct program. */
export interface ProgramCounts {
  readonly total: number
  readonly distinct: number
  readonly train_correct: number
  readonly test_correct: number
}

/** Counts of the Python original's metadata, over samples. */
export interface SampleCounts {
  readonly generation_successful: number
  readonly generation_failed: number
  readonly verification_passed: number
  readonly verification_failed_mismatch: number
  readonly verification_failed_execution: number
  readonly verification_failed_other: number
}

/**
 * Adds up items one by one, so that a large run is never held in memory. Their order does not matter.
 *
 * @param run whose items they are
 * @param rule the selection rule
 */
export function createRunCounter(run: RunRecord, rule: SelectionRule = standardRule) {
  const judged = givesGrids(run)
  const outcomes = new Map<string, number>()
  const verdicts = new Map<string, number>()
  const solved: string[] = []
  const unsolved: string[] = []
  const failing: string[] = []
  const firstFaults: { task: string; fault: string }[] = []
  let onArrays = 0
  const sandboxes = new Map<string, SandboxDescription>()
  const served = createServedCounter(judged && !isVerification(run))
  let recorded = 0
  let anySampleRight = 0
  const tallies: ItemTally[] = []
  const resolutions: Record<Resolution, number> = {
    solved: 0,
    'right-not-chosen': 0,
    'no-right-candidate': 0,
    'not-recorded': 0,
  }
  let processing = 0
  const sampleCounts = {
    generation_successful: 0,
    generation_failed: 0,
    verification_passed: 0,
    verification_failed_mismatch: 0,
    verification_failed_execution: 0,
    verification_failed_other: 0,
  }
  const programs = { total: 0, distinct: 0, train_correct: 0, test_correct: 0 }
  return {
    /** @param record undefined for an item without a record */
    add(item: ItemReference, task: TaskPairs, record: ItemRecord | undefined): void {
      const tally = tallyItem(item, task, record, rule)
      const resolution = resolveItem(tally)
      tallies.push(tally)
      if (judged) resolutions[resolution] += 1
      if (record === undefined) return
      recorded += 1
      const name = nameTask(item)
      if (judged) (resolution === 'solved' ? solved : unsolved).push(name)
      const faulty = record.samples.map(chosenRound).find(hasFault)
      if (faulty) failing.push(name)
      const fault = faulty && findFirstFault(faulty, task.train.length)
      if (fault) firstFaults.push({ task: name, fault: describeFault(fault) })
      if (tally.right > 0) anySampleRight += 1
      served.add(item, task, record.samples)
      programs.distinct += new Set(record.samples.flatMap((sample) => chosenRound(sample).program_hash ?? [])).size
      for (const sample of record.samples) {
        const round = chosenRound(sample)
        for (const outcome of round.outcomes) increase(outcomes, outcome)
        if (round.sandbox) sandboxes.set(JSON.stringify(round.sandbox), round.sandbox)
        if (round.run) increase(verdicts, round.run.verdict)
        processing += sample.rounds.reduce((sum, each) => sum + each.time_seconds + (each.run?.wall_seconds ?? 0), 0)
        if (round.program !== null) programs.total += 1
        if (round.run?.grids_as === 'array') onArrays += 1
        if (round.run?.train_correct) programs.train_correct += 1
        if (round.run?.test_correct) programs.test_correct += 1
        const isAnswered = round.outcomes.every((outcome) => outcome === 'answered')
        sampleCounts[isAnswered ? 'generation_successful' : 'generation_failed'] += 1
        const verification = nameVerification(sample, task)
        if (verification !== undefined) sampleCounts[verification] += 1
      }
    },
    counts(): RunCounts {
      // A verification is given arbitrary programs, so it has no denominator.
      const score = (items: readonly ItemTally[]) =>
        judged && !isVerification(run) ? scoreTallies(items, run.specification.samples) : null
      const isPartial = recorded > 0 && recorded < tallies.length
      return {
        recorded,
        outcomes: Object.fromEntries([...outcomes].sort(([a], [b]) => compareNames(a, b))),
        verdicts: Object.fromEntries([...verdicts].sort(([a], [b]) => compareNames(a, b))),
        solved: solved.toSorted(compareNames),
        unsolved: unsolved.toSorted(compareNames),
        failing: failing.toSorted(compareNames),
        firstFaults: firstFaults.toSorted((a, b) => compareNames(a.task, b.task)),
        onArrays,
        anySampleRight,
        scores: score(tallies),
        recordedScores: isPartial ? score(tallies.filter(({ recorded }) => recorded)) : null,
        selectionRule: nameRule(rule),
        resolutions: { ...resolutions },
        samples: { ...sampleCounts },
        programs: { ...programs },
        served: served.counts(),
        processing_seconds: processing,
        sandboxes: [...sandboxes.values()],
      }
    },
  }
}

function hasFault({ run }: RoundRecord): boolean {
  return run !== null && run.verdict !== 'correct'
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : 1
}

function increase(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

/** @returns undefined if there was neither a program nor a grid to compare */
function nameVerification(sample: SampleRecord, task: TaskPairs): keyof SampleCounts | undefined {
  const { run, grids } = chosenRound(sample)
  if (run === null && !grids?.some((grid) => grid !== null)) return undefined
  if (isCorrectOnTests(sample, task)) return 'verification_passed'
  // Right on train and wrong on a test pair, or the other way round, is a mismatch like any other.
  if (run === null || run.verdict === 'wrong' || run.verdict === 'correct') return 'verification_failed_mismatch'
  if (run.verdict === 'error' || run.verdict === 'invalid-output') return 'verification_failed_execution'
  return 'verification_failed_other'
}
