import { renderPercent } from '../../../src/domain/format.ts'
import type { Score } from '../../../src/domain/scores/score-tallies.ts'
import styles from './ScoreBar.module.css'

/** A score with its interval: in numbers, and as a dot on a line from 0 to 100 %. */
export function ScoreBar({ score: { value, low, high } }: { readonly score: Score }) {
  const place = (share: number) => `${(100 * share).toFixed(2)}%`
  return (
    <span className={styles.score}>
      <span>
        <b>{renderPercent(value)} %</b>{' '}
        <span className={styles.interval}>
          <span className="visually-hidden">, interval </span>
          {renderPercent(low)}–{renderPercent(high)}
        </span>
      </span>
      <svg className={styles.bar} aria-hidden="true">
        <rect className={styles.axis} y="5" width="100%" height="2" />
        <rect className={styles.range} x={place(low)} y="3" width={place(high - low)} height="6" rx="3" />
        <circle className={styles.dot} cx={place(value)} cy="6" r="4" />
      </svg>
    </span>
  )
}
