/**
 * How often the intervals of scores and of differences contain the true value: `node scripts/simulate-intervals.ts [draws]`.
 *
 * Prints the tables of docs/scoring.md. When tasks are right or wrong, all outcomes are summed by their probabilities, without
 * drawing; the rest is drawn, the same every time. The previous method is shown for comparison. Takes a few minutes.
 */
import { refuseDifference, turn } from '../src/domain/scores/difference-interval.ts'
import { mirror, refuseMean, type ScoredTasks } from '../src/domain/scores/mean-interval.ts'
import { passAtK } from '../src/domain/scores/pass-at-k.ts'

const draws = Number(process.argv[2] ?? 4_000)
/** Resampling is slow, and its misses are plain to see with few draws. */
const bootstrapDraws = Math.min(draws, 500)
const resamples = 1_000
const sizes = [14, 40, 120, 400]
const shares = [0.01, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9]
/** Shares of tasks with one, two and three test inputs, as in ARC-AGI-2; the outputs of a task tend to be right together. */
const inputs = [0.5, 0.35, 0.15]
const correlation = 0.5
const samples = 4

/** How often the true value is below and above the interval. */
interface Misses {
  readonly below: number
  readonly above: number
}
interface Cell extends Misses {
  readonly method: string
  readonly tasks: number
  readonly column: string
}
type Side = 'below' | 'above' | null

let state = 0
/** mulberry32 (Tommy Ettinger, public domain). */
function draw(): number {
  state = (state + 0x6d2b79f5) >>> 0
  let mixed = Math.imul(state ^ (state >>> 15), state | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

const z = 1.959963984540054

function wilson(value: number, tasks: number): readonly [number, number] {
  const spread = (z * z) / tasks
  const centre = (value + spread / 2) / (1 + spread)
  const half = (z / (1 + spread)) * Math.sqrt((value * (1 - value)) / tasks + spread / (4 * tasks))
  return [centre - half, centre + half]
}

function exact(allRight: boolean, tasks: number): readonly [number, number] {
  const bound = 0.025 ** (1 / tasks)
  return allRight ? [bound, 1] : [0, 1 - bound]
}

function place(value: number, [low, high]: readonly [number, number]): Side {
  return value < low - 1e-9 ? 'below' : value > high + 1e-9 ? 'above' : null
}

function groupValues(values: readonly number[]): { tasks: number; value: number }[] {
  return [...Map.groupBy(values, (value) => value)]
    .sort(([a], [b]) => a - b)
    .map(([value, members]) => ({ value, tasks: members.length }))
}

function bootstrap(values: readonly number[]): readonly [number, number] {
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0
    for (let task = 0; task < values.length; task += 1) sum += values[Math.floor(draw() * values.length)] ?? 0
    return sum / values.length
  }).sort()
  const at = (share: number) => means[Math.round(share * (resamples - 1))] ?? 0
  return [at(0.025), at(0.975)]
}

const methods = {
  mean: (kinds: readonly ScoredTasks[], truth: number): Side =>
    refuseMean(kinds, truth) < 1 ? 'below' : refuseMean(mirror(kinds), 1 - truth) < 1 ? 'above' : null,
  difference: (values: readonly number[], truth: number): Side => {
    const kinds = groupValues(values).map(({ tasks, value }) => ({ tasks, difference: value }))
    if (refuseDifference(kinds, truth) < 1) return 'below'
    return refuseDifference(turn(kinds), -truth) < 1 ? 'above' : null
  },
}

/** ln n! */
const logFactorials = new Float64Array(Math.max(...sizes) + 1)
for (let n = 1; n < logFactorials.length; n += 1) logFactorials[n] = (logFactorials[n - 1] ?? 0) + Math.log(n)

function logChoose(n: number, k: number): number {
  return (logFactorials[n] ?? 0) - (logFactorials[k] ?? 0) - (logFactorials[n - k] ?? 0)
}

/** Sums over all outcomes of `tasks` tasks that are solved with probability `share`. */
function addUpShares(tasks: number, share: number, judge: (solved: number) => Side): Misses {
  const misses = { below: 0, above: 0 }
  for (let solved = 0; solved <= tasks; solved += 1) {
    const chance = Math.exp(
      logChoose(tasks, solved) + solved * Math.log(share) + (tasks - solved) * Math.log(1 - share),
    )
    const side = chance < 1e-9 ? null : judge(solved)
    if (side) misses[side] += chance
  }
  return misses
}

function simulate(times: number, run: () => Side): Misses {
  const misses = { below: 0, above: 0 }
  for (let time = 0; time < times; time += 1) {
    const side = run()
    if (side) misses[side] += 1 / times
  }
  return misses
}

/** How many of `count` outputs (or samples) of one task are right: beta-binomial, by Pólya's urn. */
function drawRight(count: number, share: number, rho = correlation): number {
  const memory = (1 - rho) / rho
  let right = 0
  for (let index = 0; index < count; index += 1) {
    if (draw() < (share * memory + right) / (memory + index)) right += 1
  }
  return right
}

function drawInputs(): number {
  const at = draw()
  return at < (inputs[0] ?? 0) ? 1 : at < (inputs[0] ?? 0) + (inputs[1] ?? 0) ? 2 : 3
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)
const asScored = (values: readonly number[]): ScoredTasks[] =>
  groupValues(values).map(({ tasks, value }) => ({ tasks, points: value, weight: 1 }))

/** The previous method: resampling, with special cases when all tasks are alike. */
function judgeBefore(values: readonly number[], truth: number): Side {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (mean < 1e-12 || mean > 1 - 1e-12) return place(truth, exact(mean > 0.5, values.length))
  return place(truth, new Set(values).size === 1 ? wilson(mean, values.length) : bootstrap(values))
}

function judgePairsBefore(values: readonly number[], truth: number): Side {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const hidden = 1 - 0.025 ** (1 / values.length)
  return place(truth, new Set(values).size === 1 ? [mean - hidden, mean + hidden] : bootstrap(values))
}

function runShares(tasks: number, share: number): Cell[] {
  const cell = { tasks, column: String(share) }
  const kinds = (solved: number): ScoredTasks[] => [
    { tasks: solved, points: 1, weight: 1 },
    { tasks: tasks - solved, points: 0, weight: 1 },
  ]
  const before = (solved: number) =>
    solved === 0 || solved === tasks ? exact(solved > 0, tasks) : wilson(solved / tasks, tasks)
  return [
    { method: 'before', ...cell, ...addUpShares(tasks, share, (solved) => place(share, before(solved))) },
    { method: 'now', ...cell, ...addUpShares(tasks, share, (solved) => methods.mean(kinds(solved), share)) },
  ]
}

function runMeans(tasks: number, share: number): Cell[] {
  const cell = { tasks, column: String(share) }
  const values = () =>
    times(tasks, () => {
      const outputs = drawInputs()
      return drawRight(outputs, share) / outputs
    })
  return [
    { method: 'before', ...cell, ...simulate(bootstrapDraws, () => judgeBefore(values(), share)) },
    { method: 'now', ...cell, ...simulate(draws, () => methods.mean(asScored(values()), share)) },
  ]
}

/** Test outputs right ÷ test outputs, over all tasks. */
function runOutputs(tasks: number, share: number): Cell[] {
  const kinds = (): ScoredTasks[] =>
    [
      ...Map.groupBy(
        times(tasks, () => drawInputs()).map((weight) => `${weight} ${drawRight(weight, share)}`),
        (key) => key,
      ),
    ].map(([key, members]) => {
      const [weight = 1, points = 0] = key.split(' ').map(Number)
      return { tasks: members.length, points, weight }
    })
  return [{ method: 'now', tasks, column: String(share), ...simulate(draws, () => methods.mean(kinds(), share)) }]
}

/** pass@2 of four samples. */
function runPassAt(tasks: number, share: number): Cell[] {
  const values = () => times(tasks, () => passAtK(samples, drawRight(samples, share), 2))
  const memory = (1 - correlation) / correlation
  const truth = 1 - (1 - share) * (1 - (share * memory) / (memory + 1))
  return [
    { method: 'now', tasks, column: String(share), ...simulate(draws, () => methods.mean(asScored(values()), truth)) },
  ]
}

/** Probabilities of two runs, and how correlated they are on one task: 0 not at all, 1 as much as the probabilities allow. */
const pairs: readonly (readonly [first: number, second: number, likeness: number])[] = [
  [0.01, 0.03, 0],
  [0.05, 0.05, 0.5],
  [0.1, 0.1, 0],
  [0.1, 0.2, 0.5],
  [0.3, 0.3, 0.5],
  [0.3, 0.4, 0.7],
  [0.5, 0.5, 0],
  [0.3, 0.6, 0.5],
  [0.9, 0.9, 0],
]

/** The probabilities that only the first and only the second run solves a task. */
function splitPair(first: number, second: number, likeness: number): readonly [number, number] {
  const both = first * second + likeness * (Math.min(first, second) - first * second)
  return [first - both, second - both]
}

function runPairs(tasks: number, [first, second, likeness]: (typeof pairs)[number]): Cell[] {
  const cell = { tasks, column: `${first}, ${second}` }
  const [onlyFirst, onlySecond] = splitPair(first, second, likeness)
  const truth = onlyFirst - onlySecond
  const drawValue = () => {
    const at = draw()
    return at < onlyFirst ? 1 : at < onlyFirst + onlySecond ? -1 : 0
  }
  const now = { below: 0, above: 0 }
  for (let a = 0; a <= tasks; a += 1) {
    for (let b = 0; a + b <= tasks; b += 1) {
      const chance = Math.exp(
        logChoose(tasks, a) +
          logChoose(tasks - a, b) +
          a * Math.log(onlyFirst) +
          b * Math.log(onlySecond) +
          (tasks - a - b) * Math.log(1 - onlyFirst - onlySecond),
      )
      if (chance < 1e-6) continue
      const values = [
        ...Array<number>(a).fill(1),
        ...Array<number>(b).fill(-1),
        ...Array<number>(tasks - a - b).fill(0),
      ]
      const side = methods.difference(values, truth)
      if (side) now[side] += chance
    }
  }
  return [
    {
      method: 'before',
      ...cell,
      ...simulate(bootstrapDraws, () => judgePairsBefore(times(tasks, drawValue), truth)),
    },
    { method: 'now', ...cell, ...now },
  ]
}

/** Two runs whose tasks have one to three test inputs: some behave alike, the others independently. */
function runPairedMeans(tasks: number, [first, second, likeness]: (typeof pairs)[number]): Cell[] {
  const drawValue = () => {
    const outputs = drawInputs()
    const [onlyFirst, onlySecond] = splitPair(first, second, likeness)
    const both = first - onlyFirst
    const memory = (1 - correlation) / correlation
    const counts = [0, 0, 0]
    const chances = [onlyFirst, onlySecond, both]
    for (let index = 0; index < outputs; index += 1) {
      let at = draw() * (memory + index)
      for (const [kind, chance] of chances.entries()) {
        at -= chance * memory + (counts[kind] ?? 0)
        if (at < 0) {
          counts[kind] = (counts[kind] ?? 0) + 1
          break
        }
      }
    }
    return ((counts[0] ?? 0) - (counts[1] ?? 0)) / outputs
  }
  const misses = simulate(draws, () => methods.difference(times(tasks, drawValue), first - second))
  return [{ method: 'now', tasks, column: `${first}, ${second}`, ...misses }]
}

function percent(share: number): string {
  return (100 * share).toFixed(1)
}

function summarize(title: string, cells: readonly Cell[]): void {
  for (const [method, members] of Map.groupBy(cells, (cell) => cell.method)) {
    const coverages = members.map(({ below, above }) => 1 - below - above)
    const sides = members.map(({ below, above }) => Math.max(below, above))
    const count = (is: (value: number) => boolean, values: readonly number[]) => values.filter(is).length
    summary.push(
      `| ${title} | ${method} | ${percent(Math.min(...coverages))}–${percent(Math.max(...coverages))} % | ${count((value) => value < 0.94, coverages)} | ${count((value) => value > 0.97, coverages)} | ${count((value) => value > 0.035, sides)} | ${percent(Math.max(...sides))} % | ${members.length} |`,
    )
  }
}

function detail(title: string, cells: readonly Cell[]): void {
  const now = cells.filter(({ method }) => method === 'now')
  const columns = [...new Set(now.map(({ column }) => column))]
  details.push(`\n${title}\n\n| tasks | ${columns.join(' | ')} |\n| --- |${columns.map(() => ' --- |').join('')}`)
  for (const [tasks, members] of Map.groupBy(now, (cell) => cell.tasks)) {
    const values = members.map(
      ({ below, above }) => `${percent(1 - below - above)} (${percent(below)}, ${percent(above)})`,
    )
    details.push(`| ${tasks} | ${values.join(' | ')} |`)
  }
}

const summary = [
  '| quantity | method | covers | below 94 % | above 97 % | a side above 3.5 % | worst side | cases |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
]
const details: string[] = []
const kinds: [string, (tasks: number) => Cell[]][] = [
  ['share of solved tasks', (tasks) => shares.flatMap((share) => runShares(tasks, share))],
  ['mean of shares, 1–3 test inputs', (tasks) => shares.flatMap((share) => runMeans(tasks, share))],
  ['share of test outputs', (tasks) => shares.flatMap((share) => runOutputs(tasks, share))],
  ['pass@2 of 4', (tasks) => shares.flatMap((share) => runPassAt(tasks, share))],
  ['difference, right or wrong', (tasks) => pairs.flatMap((pair) => runPairs(tasks, pair))],
  ['difference, 1–3 test inputs', (tasks) => pairs.flatMap((pair) => runPairedMeans(tasks, pair))],
]
for (const [title, run] of kinds) {
  state = 20_260_101
  const cells = sizes.flatMap(run)
  summarize(title, cells)
  detail(title, cells)
}
console.log([...summary, ...details].join('\n'))
