import { count } from '../../../src/domain/count.ts'
import { renderPercent } from '../../../src/domain/format.ts'
import { useWidth } from './hooks/use-width.ts'
import { planScale, type Plot, type PlotMeasure, type PlotPoint } from './plan-plot.ts'
import styles from './ScorePlot.module.css'

const height = 260
const margin = { top: 12, right: 20, bottom: 36, left: 46 }
const shares = [0, 0.25, 0.5, 0.75, 1]
/** With more runs, names would cover each other and the points. */
const maxNamed = 10

export const measureWords: Readonly<Record<PlotMeasure, string>> = { cost: 'cost', tokens: 'tokens' }

interface ScorePlotProps {
  readonly plot: Plot
  readonly nameOf?: (run: string) => string
  readonly hrefOf: (run: string) => string
  readonly onOpen: (run: string) => void
}

/** Runs by their score and what it took, each a link. A run that another one matches for no more is hollow. */
export function ScorePlot(props: ScorePlotProps) {
  const [frame, width] = useWidth<HTMLDivElement>()
  return (
    <div ref={frame} className={styles.frame}>
      {width > 0 && <Axes {...props} width={width} />}
    </div>
  )
}

function Axes({ plot, width, nameOf = (run) => run, ...open }: ScorePlotProps & { readonly width: number }) {
  const { points, measure } = plot
  const scale = planScale(points.flatMap(({ x, high }) => [x, high]))
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom }
  const x = (value: number) => margin.left + inner.width * scale.place(value)
  const y = (share: number) => margin.top + inner.height * (1 - share)
  // The important ones are drawn last, on top.
  const ordered = points.toSorted((a, b) => Number(b.isDominated) - Number(a.isDominated))
  const named =
    points.length <= maxNamed ? ordered : ordered.filter(({ isDominated }) => !isDominated).slice(0, maxNamed)
  return (
    <svg
      width={width}
      height={height}
      role="group"
      aria-label={`Chart of score against ${measureWords[measure]} per task`}
    >
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
        {scale.ticks.map((tick) => (
          <text
            key={tick}
            x={x(tick)}
            y={height - margin.bottom + 18}
            // In the middle of its tick, the last one would be cut off.
            textAnchor={scale.place(tick) > 0.97 ? 'end' : 'middle'}
          >
            {nameValue(tick, measure)}
          </text>
        ))}
        <text x={width - margin.right} y={height - 2} textAnchor="end">
          {measureWords[measure]} per task{scale.isLogarithmic && ' (each step ten times the last)'}
        </text>
      </g>
      {ordered.map((point) => (
        <Point key={point.run} {...open} {...{ point, measure, x, y }} />
      ))}
      <g aria-hidden="true" className={styles.names}>
        {named.map(({ run, x: value, score }) => {
          const isRight = x(value) > width / 2
          const name = nameOf(run)
          return (
            <text
              key={run}
              x={x(value) + (isRight ? -9 : 9)}
              y={y(score.value) - 8}
              textAnchor={isRight ? 'end' : 'start'}
            >
              {name.length > 24 ? `${name.slice(0, 23)}…` : name}
            </text>
          )
        })}
      </g>
    </svg>
  )
}

interface PointProps extends Pick<ScorePlotProps, 'hrefOf' | 'onOpen'> {
  readonly point: PlotPoint
  readonly measure: PlotMeasure
  readonly x: (value: number) => number
  readonly y: (share: number) => number
}

function Point({ point, measure, x, y, hrefOf, onOpen }: PointProps) {
  const { run, score, tasks, x: value, low, high, isDominated } = point
  const range = `${renderPercent(score.low)} to ${renderPercent(score.high)}`
  const price = `${nameValue(value, measure)}${measure === 'tokens' ? ' tokens' : ''} per task`
  const beaten = isDominated ? '; another run is at least as good for no more' : ''
  const words = `${run}: ${renderPercent(score.value)} % (${range}) for ${price}, over ${count(tasks, 'task')}${beaten}`
  return (
    <a
      href={hrefOf(run)}
      aria-label={words}
      className={isDominated ? styles.dominated : styles.point}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        onOpen(run)
      }}
    >
      <title>{words}</title>
      <line x1={x(value)} x2={x(value)} y1={y(score.low)} y2={y(score.high)} />
      <line x1={x(low)} x2={x(high)} y1={y(score.value)} y2={y(score.value)} />
      <circle cx={x(value)} cy={y(score.value)} r="6" />
    </a>
  )
}

function nameValue(value: number, measure: PlotMeasure): string {
  if (measure === 'tokens') return Math.round(value).toLocaleString('en-US')
  if (value === 0) return '$0'
  // Costs per task are often far below a cent.
  return `$${value >= 0.1 ? value.toFixed(2) : Number(value.toPrecision(2)).toString()}`
}
