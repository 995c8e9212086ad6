import type { Score } from '../../../src/domain/scores/score-tallies.ts'

/** What scores are drawn against: per task, over the tasks that the score covers. */
export type PlotMeasure = 'cost' | 'tokens'

/** A run, before it is placed. */
export interface PlotRun {
  readonly run: string
  readonly score: Score
  /** Number of tasks that all its numbers cover. */
  readonly tasks: number
  /** USD per task. */
  readonly cost: number
  /** Lower and upper limits of the cost; null means no known limit. */
  readonly costLow: number
  readonly costHigh: number | null
  /** Tokens per task; null if unknown. */
  readonly tokens: number | null
}

interface Spent {
  readonly cost_usd: number | null
  readonly cost_at_least_usd: number
  readonly cost_at_most_usd: number | null
  readonly tokens: number | null
}

/** What a run spent, per task. Where its cost is unknown, the least that it can be takes its place. */
export function measurePerTask(
  { cost_usd, cost_at_least_usd, cost_at_most_usd, tokens }: Spent,
  tasks: number,
): Pick<PlotRun, 'cost' | 'costLow' | 'costHigh' | 'tokens'> {
  return {
    cost: (cost_usd ?? cost_at_least_usd) / tasks,
    costLow: cost_at_least_usd / tasks,
    costHigh: cost_at_most_usd === null ? null : cost_at_most_usd / tasks,
    tokens: tokens === null ? null : tokens / tasks,
  }
}

/** A run in a plot. */
export interface PlotPoint extends Pick<PlotRun, 'run' | 'score' | 'tasks'> {
  readonly x: number
  readonly low: number
  readonly high: number
  /** Another run is at least as good for no more, and better in one of the two. */
  readonly isDominated: boolean
}

export interface Plot {
  readonly measure: PlotMeasure
  readonly points: readonly PlotPoint[]
}

/** Places runs by their costs; if none is known to have cost anything, by their tokens, or else all would be one spot. */
export function planPlot(runs: readonly PlotRun[]): Plot {
  const measure = runs.some(({ cost }) => cost > 0) ? 'cost' : 'tokens'
  const points = runs.flatMap(({ run, score, tasks, cost, costLow, costHigh, tokens }) => {
    if (measure === 'cost') return [{ run, score, tasks, x: cost, low: costLow, high: costHigh ?? cost }]
    return tokens === null ? [] : [{ run, score, tasks, x: tokens, low: tokens, high: tokens }]
  })
  return {
    measure,
    points: points.map((point) => ({ ...point, isDominated: points.some((other) => dominates(other, point)) })),
  }
}

type Measured = Pick<PlotPoint, 'score' | 'x'>

function dominates(a: Measured, b: Measured): boolean {
  const [better, less] = [a.score.value - b.score.value, b.x - a.x]
  return better >= 0 && less >= 0 && (better > 0 || less > 0)
}

export interface Scale {
  readonly isLogarithmic: boolean
  readonly ticks: readonly number[]
  /** Position of a value, from 0 to 1. */
  place(value: number): number
}

/** Values that differ by more than this factor get a logarithmic axis. */
const maxLinearRatio = 25

/** An axis from the smallest to the largest value; from 0 if it is linear. */
export function planScale(values: readonly number[]): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  if (least > 0 && most / least > maxLinearRatio) {
    const [low, high] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))]
    return {
      isLogarithmic: true,
      ticks: Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step)),
      place: (value) => Math.max(0, (Math.log10(value) - low) / (high - low)),
    }
  }
  const step = roundStep(most / 4)
  const end = step * Math.max(1, Math.ceil(most / step))
  return {
    isLogarithmic: false,
    ticks: Array.from({ length: Math.round(end / step) + 1 }, (_, index) => index * step),
    place: (value) => value / end,
  }
}

/** The next 1, 2 or 5 times a power of ten. */
function roundStep(size: number): number {
  if (size <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(size))
  return power * ([1, 2, 5].find((factor) => factor * power >= size) ?? 10)
}
