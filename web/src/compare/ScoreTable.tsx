import type { Comparison } from '../../../src/domain/compare/compare-runs.ts'
import { renderCost, renderDuration, renderPercent, renderScore, renderTokens } from '../../../src/domain/format.ts'
import { totalTokens } from '../../../src/domain/models/usage.ts'
import { Link } from '../address/Link.tsx'
import styles from './table.module.css'

/** The scores of each run on the compared tasks, by split: scores of different splits are never combined. */
export function ScoreTable({ comparison: { runs, scores, common_tasks } }: { readonly comparison: Comparison }) {
  const splits = Map.groupBy(scores, ({ dataset, split }) => `${dataset}, ${split}`)
  // What a run used is not known for each split, nor for some of its tasks.
  const isOverAll = splits.size === 1 && runs.every(({ tasks }) => tasks.total === common_tasks)
  const whole = isOverAll ? '' : ' of the whole run'
  const headings = ['Run', 'Model', 'Leaderboard', 'Strict', `Cost${whole}`, `Tokens${whole}`, `Time${whole}`]
  return [...splits].map(([name, members]) => (
    <div key={name} className={styles.scroller}>
      <table className={styles.table}>
        <caption>
          {name}, {members[0]?.tasks} tasks
        </caption>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {members.map(({ run: id, leaderboard, strict }) => {
            const run = runs.find(({ run_id }) => run_id === id)
            return (
              <tr key={id}>
                <th scope="row">
                  <Link to={{ page: 'run', run: id, matrix: {} }}>{id}</Link>
                </th>
                <td>{run?.model ?? '–'}</td>
                <td>{renderScore(leaderboard)}</td>
                <td>{renderPercent(strict.value)} %</td>
                <td>{run?.cost_usd === null || run === undefined ? 'unknown' : renderCost(run.cost_usd)}</td>
                <td>{run ? renderTokens(totalTokens(run.usage)) : '–'}</td>
                <td>{run ? renderDuration(run.open_seconds) : '–'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  ))
}
