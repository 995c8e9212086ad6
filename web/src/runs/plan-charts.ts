import type { RunSummary } from '../../../src/api/documents.ts'
import { measurePerTask, planPlot, type Plot, type PlotRun } from '../parts/plan-plot.ts'
import { describePlace } from '../parts/run-words.ts'

/** The runs of one split of one dataset: points over different tasks never share axes. */
export interface Chart extends Plot {
  readonly place: string
}

/** @returns the charts that can be drawn, the one with the most runs first */
export function planCharts(runs: readonly RunSummary[]): Chart[] {
  const drawable = runs.flatMap((run) => {
    const point = pickRun(run)
    const [place] = run.places
    return point && place ? [{ place: describePlace(place), point }] : []
  })
  return [...Map.groupBy(drawable, ({ place }) => place)]
    .map(([place, members]) => ({ place, ...planPlot(members.map(({ point }) => point)) }))
    .toSorted((a, b) => b.points.length - a.points.length)
}

/** Undefined if a run has no score, or has one cost for several splits. */
function pickRun({ run_id, numbers, tasks, places }: RunSummary): PlotRun | undefined {
  const [score, ...others] = numbers?.scores ?? []
  if (!numbers || !score || others.length > 0 || places.length !== 1 || tasks.done === 0) return undefined
  return { run: run_id, score: score.leaderboard, tasks: tasks.done, ...measurePerTask(numbers, tasks.done) }
}
