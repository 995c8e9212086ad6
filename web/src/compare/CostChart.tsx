import type { Comparison } from '../../../src/domain/compare/compare-runs.ts'
import { renderCost, renderPercent, renderScore } from '../../../src/domain/format.ts'
import { joinClasses } from '../parts/join-classes.ts'
import styles from './CostChart.module.css'

const size = { width: 460, height: 220, left: 44, bottom: 34, top: 10, right: 120 }

/**
 * Cost against score, a chart for each split. Runs that another beats in score at no higher cost are dimmed. Costs cover all of a
 * run's tasks, so runs of different tasks have no such chart.
 */
export function CostChart({ comparison }: { readonly comparison: Comparison }) {
  return comparison.pareto.map(({ dataset, split, runs: best }) => {
    const points = comparison.scores
      .filter((each) => each.dataset === dataset && each.split === split)
      .flatMap(({ run: id, leaderboard }) => {
        const cost = comparison.runs.find(({ run_id }) => run_id === id)?.cost_usd ?? null
        return cost === null ? [] : [{ id, leaderboard, cost, isBest: best.includes(id) }]
      })
    const maxCost = Math.max(...points.map(({ cost }) => cost))
    // If nothing costs anything, there is nothing to compare.
    if (points.length < 2 || maxCost === 0) return null
    const x = (cost: number) => size.left + (cost / maxCost) * (size.width - size.left - size.right)
    const y = (share: number) => size.top + (1 - share) * (size.height - size.top - size.bottom)
    const words = points.map(
      ({ id, leaderboard, cost }) => `${id}: ${renderScore(leaderboard)} for ${renderCost(cost)}`,
    )
    return (
      <figure key={`${dataset} ${split}`} className={styles.chart}>
        <figcaption>
          Cost against leaderboard score, {dataset}, {split}
        </figcaption>
        <svg
          role="img"
          aria-label={words.join('; ')}
          viewBox={`0 0 ${size.width} ${size.height}`}
          width={size.width}
          height={size.height}
        >
          {[0, 0.5, 1].map((share) => (
            <g key={share}>
              <line className={styles.line} x1={size.left} x2={size.width - size.right} y1={y(share)} y2={y(share)} />
              <text className={styles.tick} x={size.left - 6} y={y(share) + 4} textAnchor="end">
                {renderPercent(share).replace('.0', '')} %
              </text>
            </g>
          ))}
          <text className={styles.tick} x={size.left} y={size.height - 10}>
            $0
          </text>
          <text className={styles.tick} x={size.width - size.right} y={size.height - 10} textAnchor="end">
            {renderCost(maxCost)}
          </text>
          {points.map(({ id, leaderboard, cost, isBest }) => (
            <g key={id} className={joinClasses(!isBest && styles.beaten)}>
              <line className={styles.bar} x1={x(cost)} x2={x(cost)} y1={y(leaderboard.low)} y2={y(leaderboard.high)} />
              <circle className={styles.point} cx={x(cost)} cy={y(leaderboard.value)} r={4} />
              <text className={styles.name} x={x(cost) + 8} y={y(leaderboard.value) + 4}>
                {id.length > 18 ? `${id.slice(0, 17)}…` : id}
              </text>
            </g>
          ))}
        </svg>
      </figure>
    )
  })
}
