import { useState } from 'react'
import type { RunSummary } from '../../../src/api/documents.ts'
import { count } from '../../../src/domain/count.ts'
import { hrefOf, navigate } from '../address/navigate.ts'
import type { Route } from '../address/route.ts'
import { Choice } from '../parts/Choice.tsx'
import { measureWords, ScorePlot } from '../parts/ScorePlot.tsx'
import styles from './CostChart.module.css'
import { planCharts } from './plan-charts.ts'

/** Cost per task against score, for runs of one split of one dataset. The table below it says the same. */
export function CostChart({ runs }: { readonly runs: readonly RunSummary[] }) {
  const [chosen, setChosen] = useState<string>()
  const charts = planCharts(runs)
  const chart = charts.find(({ place }) => place === chosen) ?? charts[0]
  if (!chart || charts.every(({ points }) => points.length < 2)) return null
  const missing = runs.length - chart.points.length
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        <h2>Score against {measureWords[chart.measure]} per task</h2>
        {charts.length > 1 ? (
          <Choice
            title="Dataset of the chart"
            value={chosen}
            unset={charts[0]?.place ?? ''}
            options={charts.slice(1).map(({ place }) => [place, place])}
            onChange={setChosen}
          />
        ) : (
          <span>{chart.place}</span>
        )}
        <span className={styles.soft}>
          {count(chart.points.length, 'run')}
          {missing > 0 && `; ${missing} more of other tasks, of several datasets, or without a score`}
          {chart.measure === 'tokens' && '; none has a known cost above $0'}
        </span>
      </figcaption>
      <ScorePlot plot={chart} hrefOf={(run) => hrefOf(routeOf(run))} onOpen={(run) => navigate(routeOf(run))} />
    </figure>
  )
}

const routeOf = (run: string): Route => ({ page: 'run', run, matrix: {} })
