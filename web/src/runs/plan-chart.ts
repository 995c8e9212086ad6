import type { RunSummary } from '../../../src/api/documents.ts'
import type { Score } from '../../../src/domain/scores/score-tallies.ts'
import { describePlace } from '../parts/run-words.ts'

/** One run in the chart. */
export interface ChartPoint {
  readonly run: string
  readonly score: Score
  /** Number of tasks that both numbers cover: those recorded. */
  readonly tasks: number
  /** In USD per task. */
  readonly cost: number
  /** Lower and upper limits of the cost; null means no known limit. */
  readonly costLow: number
  readonly costHigh: number | null
  /** Another run is at least as good and as cheap, and better in one of the two. */
  readonly isDominated: boolean
}

/** The runs of one split of one dataset: points over different tasks never share axes. */
export interface Chart {
  readonly place: string
  readonly points: readonly ChartPoint[]
}

/** @returns the charts that can be drawn, the one with the most runs first */
export function planCharts(runs: readonly RunSummary[]): Chart[] {
  const drawable = runs.flatMap((run) => {
    const point = pickPoint(run)
    const [place] = run.places
    return point && place ? [{ place: describePlace(place), point }] : []
  })
  return [...Map.groupBy(drawable, ({ place }) => place)]
    .map(([place, members]) => {
      const points = members.map(({ point }) => point)
      return {
        place,
        points: points.map((point) => ({ ...point, isDominated: points.some((other) => dominates(other, point)) })),
      }
    })
    .toSorted((a, b) => b.points.length - a.points.length)
}

/** Undefined if a run has no score, or has one cost for several splits. */
function pickPoint({ run_id, numbers, tasks, places }: RunSummary): Omit<ChartPoint, 'isDominated'> | undefined {
  const [score, ...others] = numbers?.scores ?? []
  if (!numbers || !score || others.length > 0 || places.length !== 1 || tasks.done === 0) return undefined
  const { cost_usd, cost_at_least_usd, cost_at_most_usd } = numbers
  return {
    run: run_id,
    score: score.leaderboard,
    tasks: tasks.done,
    cost: (cost_usd ?? cost_at_least_usd) / tasks.done,
    costLow: cost_at_least_usd / tasks.done,
    costHigh: cost_at_most_usd === null ? null : cost_at_most_usd / tasks.done,
  }
}

type Measured = Pick<ChartPoint, 'score' | 'cost'>

function dominates(a: Measured, b: Measured): boolean {
  const [better, cheaper] = [a.score.value - b.score.value, b.cost - a.cost]
  return better >= 0 && cheaper >= 0 && (better > 0 || cheaper > 0)
}

export interface Scale {
  readonly isLogarithmic: boolean
  readonly ticks: readonly number[]
  /** Position of a cost, from 0 to 1. */
  place(cost: number): number
}

/** Costs that differ by more than this factor get a logarithmic axis. */
const maxLinearRatio = 25

/** An axis from the smallest to the largest cost; from 0 if it is linear. */
export function planScale(costs: readonly number[]): Scale {
  const [least, most] = [Math.min(...costs), Math.max(...costs)]
  if (least > 0 && most / least > maxLinearRatio) {
    const [low, high] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))]
    return {
      isLogarithmic: true,
      ticks: Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step)),
      place: (cost) => Math.max(0, (Math.log10(cost) - low) / (high - low)),
    }
  }
  const step = roundStep(most / 4)
  const end = step * Math.max(1, Math.ceil(most / step))
  return {
    isLogarithmic: false,
    ticks: Array.from({ length: Math.round(end / step) + 1 }, (_, index) => index * step),
    place: (cost) => cost / end,
  }
}

/** The next 1, 2 or 5 times a power of ten. */
function roundStep(size: number): number {
  if (size <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(size))
  return power * ([1, 2, 5].find((factor) => factor * power >= size) ?? 10)
}
