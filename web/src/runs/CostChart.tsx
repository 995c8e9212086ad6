import { useState } from 'react'
import type { RunSummary } from '../../../src/api/documents.ts'
import { count } from '../../../src/domain/count.ts'
import { renderPercent } from '../../../src/domain/format.ts'
import { navigate } from '../address/navigate.ts'
import { renderRoute } from '../address/route.ts'
import { Choice } from '../parts/Choice.tsx'
import { useWidth } from '../parts/hooks/use-width.ts'
import styles from './CostChart.module.css'
import { planCharts, planScale, type ChartPoint } from './plan-chart.ts'

const height = 260
const margin = { top: 12, right: 20, bottom: 36, left: 46 }
const shares = [0, 0.25, 0.5, 0.75, 1]
/** With more runs, names would cover each other and the points. */
const maxNamed = 10

/** Cost per task against score, for runs of one split of one dataset. The table below it says the same. */
export function CostChart({ runs }: { readonly runs: readonly RunSummary[] }) {
  const [chosen, setChosen] = useState<string>()
  const [frame, width] = useWidth<HTMLDivElement>()
  const charts = planCharts(runs)
  const chart = charts.find(({ place }) => place === chosen) ?? charts[0]
  if (!chart || charts.every(({ points }) => points.length < 2)) return null
  const missing = runs.length - chart.points.length
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        <h2>Score against cost per task</h2>
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
        </span>
      </figcaption>
      <div ref={frame} className={styles.frame}>
        {width > 0 && <Plot points={chart.points} width={width} />}
      </div>
    </figure>
  )
}

function Plot({ points, width }: { readonly points: readonly ChartPoint[]; readonly width: number }) {
  const scale = planScale(points.flatMap(({ cost, costHigh }) => [cost, costHigh ?? cost]))
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom }
  const x = (cost: number) => margin.left + inner.width * scale.place(cost)
  const y = (share: number) => margin.top + inner.height * (1 - share)
  // The important ones are drawn last, on top.
  const ordered = points.toSorted((a, b) => Number(b.isDominated) - Number(a.isDominated))
  const named = ordered.filter(({ isDominated }) => !isDominated).slice(0, maxNamed)
  return (
    <svg width={width} height={height} role="group" aria-label="Chart of score against cost per task">
      <g aria-hidden="true" className={styles.axes}>
        {shares.map((share) => (
          <g key={share}>
            <line x1={margin.left} x2={width - margin.right} y1={y(share)} y2={y(share)} />
            <text x={margin.left - 8} y={y(share)} textAnchor="end" dominantBaseline="middle">
              {100 * share}
              {share === 1 && ' %'}
            </text>
          </g>
        ))}
        {scale.ticks.map((cost) => (
          <text key={cost} x={x(cost)} y={height - margin.bottom + 18} textAnchor="middle">
            {nameCost(cost)}
          </text>
        ))}
        <text x={width - margin.right} y={height - 2} textAnchor="end">
          cost per task{scale.isLogarithmic && ' (each step ten times the last)'}
        </text>
      </g>
      {ordered.map((point) => (
        <Point key={point.run} point={point} x={x} y={y} />
      ))}
      <g aria-hidden="true" className={styles.names}>
        {named.map(({ run, cost, score }) => {
          const isRight = x(cost) > width / 2
          return (
            <text
              key={run}
              x={x(cost) + (isRight ? -9 : 9)}
              y={y(score.value) - 8}
              textAnchor={isRight ? 'end' : 'start'}
            >
              {run.length > 24 ? `${run.slice(0, 23)}…` : run}
            </text>
          )
        })}
      </g>
    </svg>
  )
}

interface PointProps {
  readonly point: ChartPoint
  readonly x: (cost: number) => number
  readonly y: (share: number) => number
}

function Point({ point, x, y }: PointProps) {
  const { run, score, tasks, cost, costLow, costHigh, isDominated } = point
  const route = { page: 'run', run, matrix: {} } as const
  const words = `${run}: ${renderPercent(score.value)} % (${renderPercent(score.low)} to ${renderPercent(score.high)}) for ${nameCost(cost)} per task, over ${count(tasks, 'task')}${isDominated ? '; another run is at least as good and as cheap' : ''}`
  return (
    <a
      href={renderRoute(route)}
      aria-label={words}
      className={isDominated ? styles.dominated : styles.point}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        navigate(route)
      }}
    >
      <title>{words}</title>
      <line x1={x(cost)} x2={x(cost)} y1={y(score.low)} y2={y(score.high)} />
      <line x1={x(costLow)} x2={x(costHigh ?? cost)} y1={y(score.value)} y2={y(score.value)} />
      <circle cx={x(cost)} cy={y(score.value)} r="6" />
    </a>
  )
}

/** Costs per task are often far below a cent. */
function nameCost(usd: number): string {
  if (usd === 0) return '$0'
  return `$${usd >= 0.1 ? usd.toFixed(2) : Number(usd.toPrecision(2)).toString()}`
}
