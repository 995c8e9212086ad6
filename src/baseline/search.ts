import { countRightCells, sameGrid, type Grid } from '../domain/grids/grid.ts'
import type { Pair } from '../domain/tasks/task.ts'
import { heightOf, widthOf } from './grids.ts'
import { inputsOf, type Evidence, type Operation, type Step } from './operation.ts'
import { finishing, operations, preparing } from './operations/list-operations.ts'

/** Steps applied one after another, and how well they explain the train pairs. */
export interface Candidate {
  readonly steps: readonly Step[]
  /** Roughly in bits: lower is more often right. */
  readonly cost: number
  /** Share of train cells that come out right, over all pairs; 1 means that every pair is reproduced. */
  readonly fit: number
  /** Its result for each test input. */
  readonly outputs: readonly (Grid | null)[]
}

type Found = Omit<Candidate, 'outputs'>

/** Each further step is another guess. */
const stepCost = 2
/** Below this cost a single step was nearly always right when measured, and searching further is a waste. */
const surely = 10
/** Guesses that do not fit are shown only if nothing does; never more than this many are requested. */
const maxGuesses = 20

/**
 * Searches for steps that reproduce every train pair: single ones of every operation, then pairs of a preparing and a finishing
 * one. In measurements, deeper exact compositions added nothing, and learned steps added most.
 *
 * @param isLate called between steps; true ends the search with what it has.
 * @returns candidates that fit, the most confident first; if none does, the closest guesses; never empty.
 */
export function searchCandidates(evidence: Evidence, isLate: () => boolean): Candidate[] {
  const fitting: Found[] = []
  const guesses: Found[] = []
  const consider = (steps: readonly Step[], pairs: readonly Pair[]) => {
    const fit = measureFit(steps.slice(-1), pairs)
    const cost = steps.reduce((sum, step) => sum + step.cost, stepCost * (steps.length - 1))
    if (fit === 1) fitting.push({ steps, cost, fit })
    else if (fit > 0) guesses.push({ steps, cost, fit })
  }
  for (const step of proposeAll(operations, evidence, isLate)) consider([step], evidence.train)
  const isSure = fitting.some(({ cost }) => cost < surely)
  for (const [first, prepared] of isSure ? [] : prepare(evidence, isLate)) {
    for (const step of proposeAll(finishing, prepared, isLate)) consider([first, step], prepared.train)
  }
  const conclude = (candidate: Found): Candidate => ({
    ...candidate,
    outputs: evidence.testInputs.map((grid) => runSteps(candidate.steps, grid)),
  })
  if (fitting.length > 0) return orderByConfidence(fitting.map(conclude))
  const closest = guesses.sort((a, b) => b.fit - a.fit || a.cost - b.cost).slice(0, maxGuesses)
  return (closest.length > 0 ? closest : [{ steps: [], cost: Infinity, fit: 0 }]).map(conclude)
}

function* proposeAll(from: readonly Operation[], evidence: Evidence, isLate: () => boolean): Iterable<Step> {
  for (const operation of from) {
    for (const step of operation.propose(evidence, isLate)) {
      if (isLate()) return
      yield step
    }
  }
}

/** Preparing steps, each with the task as it is after it; each different result once, and only steps that change something. */
function* prepare(evidence: Evidence, isLate: () => boolean): Iterable<[Step, Evidence]> {
  const inputs = inputsOf(evidence)
  const seenInputs = new Set([JSON.stringify(inputs)])
  for (const step of proposeAll(preparing, evidence, isLate)) {
    const results = applyToAll(step, inputs)
    const print = JSON.stringify(results)
    if (!results || seenInputs.has(print)) continue
    seenInputs.add(print)
    const train = evidence.train.map(({ output }, index) => ({ input: results[index] ?? output, output }))
    yield [step, { train, testInputs: results.slice(train.length) }]
  }
}

function applyToAll(step: Step, grids: readonly Grid[]): Grid[] | null {
  const results: Grid[] = []
  for (const grid of grids) {
    const result = step.apply(grid)
    if (!result || heightOf(result) > 30 || widthOf(result) > 30) return null
    results.push(result)
  }
  return results
}

/** Stops at the first pair that is not even close, because most proposals are not. */
function measureFit(steps: readonly Step[], pairs: readonly Pair[]): number {
  let right = 0
  let all = 0
  for (const { input, output } of pairs) {
    const result = runSteps(steps, input)
    if (!result) return 0
    const cells = heightOf(output) * widthOf(output)
    const share = sameGrid(result, output) ? cells : countRightCells(result, output)
    if (share < cells / 2) return 0
    right += share
    all += cells
  }
  return right / all
}

export function runSteps(steps: readonly Step[], grid: Grid): Grid | null {
  return steps.reduce<Grid | null>((result, step) => result && step.apply(result), grid)
}

/** A candidate's cost and its outputs for the test inputs. */
interface Voter {
  readonly cost: number
  readonly outputs: readonly (Grid | null)[]
}

/**
 * The most confident first. Candidates with the same test outputs are grouped: several ways to one answer make it more likely
 * (their likelihoods, 2 to the power of minus their cost, add up). Then the first way of each answer comes before the second way
 * of any, because a second sample with an answer already given would be wasted.
 */
export function orderByConfidence<V extends Voter>(candidates: readonly V[]): V[] {
  const answers = new Map<string, { ways: V[]; likelihood: number }>()
  for (const candidate of [...candidates].sort((a, b) => a.cost - b.cost)) {
    const print = JSON.stringify(candidate.outputs)
    const answer = answers.get(print) ?? { ways: [], likelihood: 0 }
    answer.ways.push(candidate)
    answer.likelihood += 2 ** -candidate.cost
    answers.set(print, answer)
  }
  const ranking = [...answers].sort(([, a], [, b]) => b.likelihood - a.likelihood)
  // A candidate without an output for some test input is surely wrong.
  const [whole, broken] = [
    ranking.filter(([print]) => !print.includes('null')),
    ranking.filter(([print]) => print.includes('null')),
  ]
  const ways = [...whole, ...broken].map(([, answer]) => answer.ways)
  return [...ways.flatMap((way) => way.slice(0, 1)), ...ways.flatMap((way) => way.slice(1))]
}
