import type { Comparison } from '../../../src/domain/compare/compare-runs.ts'
import { totalTokens } from '../../../src/domain/models/usage.ts'
import { hrefOf, navigate } from '../address/navigate.ts'
import type { Route } from '../address/route.ts'
import { measurePerTask, planPlot, type PlotRun } from '../parts/plan-plot.ts'
import { measureWords, ScorePlot } from '../parts/ScorePlot.tsx'
import styles from './CostChart.module.css'
import { shortenNames } from './shorten-names.ts'

/**
 * Cost against score, a chart for each split. Costs cover all of a run's tasks, so runs of different tasks have no such chart.
 */
export function CostChart({ comparison }: { readonly comparison: Comparison }) {
  const names = shortenNames(comparison.runs.map(({ run_id }) => run_id))
  return comparison.pareto.map(({ dataset, split }) => {
    const scores = comparison.scores.filter((each) => each.dataset === dataset && each.split === split)
    const plot = planPlot(scores.flatMap((score) => pickRun(comparison, score)))
    if (plot.points.length < 2) return null
    return (
      <figure key={`${dataset} ${split}`} className={styles.chart}>
        <figcaption>
          Leaderboard score against {measureWords[plot.measure]} per task, {dataset}, {split}
          <span className="hint">
            {comparison.pareto.length > 1 && ` ${measureWords[plot.measure]} over all tasks of the run`}
            {plot.measure === 'tokens' && `${comparison.pareto.length > 1 ? ';' : ''} no run has a known cost above $0`}
          </span>
        </figcaption>
        <ScorePlot
          plot={plot}
          nameOf={(run) => names.get(run) ?? run}
          hrefOf={(run) => hrefOf(routeOf(run))}
          onOpen={(run) => navigate(routeOf(run))}
        />
      </figure>
    )
  })
}

const routeOf = (run: string): Route => ({ page: 'run', run, matrix: {} })

function pickRun({ runs }: Comparison, { run: id, leaderboard }: Comparison['scores'][number]): PlotRun[] {
  const run = runs.find(({ run_id }) => run_id === id)
  const tasks = run?.tasks.done ?? 0
  if (run === undefined || tasks === 0) return []
  return [{ run: id, score: leaderboard, tasks, ...measurePerTask({ ...run, tokens: totalTokens(run.usage) }, tasks) }]
}
