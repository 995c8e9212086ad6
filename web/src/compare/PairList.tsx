import type { Comparison } from '../../../src/domain/compare/compare-runs.ts'
import { count } from '../../../src/domain/count.ts'
import { renderP, renderPercent } from '../../../src/domain/format.ts'
import { Link } from '../address/Link.tsx'
import { change, nameSplit, type CompareRoute } from './change-view.ts'
import { nameDifference } from './name-difference.ts'
import styles from './PairList.module.css'
import { shortenNames } from './shorten-names.ts'

type Pair = Comparison['pairs'][number]

interface PairListProps {
  readonly route: CompareRoute
  readonly comparison: Comparison
}

/**
 * Every pair of runs, task by task: the difference with its interval, the exact test, and the tasks that only one of them solved.
 */
export function PairList({ route, comparison: { pairs } }: PairListProps) {
  const names = shortenNames(route.runs)
  const nameOf = (run: string) => names.get(run) ?? run
  return (
    <section className={styles.pairs} aria-label="Differences">
      <h2>Differences, task by task</h2>
      <ul>
        {pairs.map((pair) => (
          <li key={`${pair.a} ${pair.b} ${pair.dataset} ${pair.split}`} className={styles.pair}>
            <h3>
              <span title={pair.a}>{nameOf(pair.a)}</span> minus <span title={pair.b}>{nameOf(pair.b)}</span>
              <span className="hint">
                {' '}
                {count(pair.tasks, 'task')} of {pair.dataset}, {pair.split}
              </span>
            </h3>
            <Interval pair={pair} />
            <p>{pair.verdict}</p>
            <p className="hint">{describeTest(pair, pairs.length)}</p>
            {pair.differs.length > 0 && (
              <p className="hint">They differ in {pair.differs.map(nameDifference).join('; ')}</p>
            )}
            <span className={styles.only}>
              <Only
                route={route}
                nameOf={nameOf}
                pair={pair}
                solved={pair.a}
                missed={pair.b}
                tasks={pair.only_a.length}
              />
              <Only
                route={route}
                nameOf={nameOf}
                pair={pair}
                solved={pair.b}
                missed={pair.a}
                tasks={pair.only_b.length}
              />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface OnlyProps {
  readonly route: CompareRoute
  readonly nameOf: (run: string) => string
  readonly pair: Pair
  readonly solved: string
  readonly missed: string
  readonly tasks: number
}

function Only({ route, nameOf, pair, solved, missed, tasks }: OnlyProps) {
  const within = nameSplit(pair)
  const { view = {} } = route
  const isChosen = view.solved === solved && view.missed === missed && view.within === within
  return (
    <Link
      className="button"
      to={change(
        route,
        isChosen
          ? { solved: undefined, missed: undefined, within: undefined }
          : { solved, missed, within, open: undefined },
      )}
      aria-current={isChosen ? 'true' : undefined}
      title={`${solved} solved, ${missed} did not`}
    >
      {nameOf(solved)} solved, {nameOf(missed)} did not: {tasks}
    </Link>
  )
}

const [left, width, height] = [10, 300, 34]

/** From −100 to +100 points, with zero in the middle. */
function Interval({ pair: { difference } }: { readonly pair: Pair }) {
  const { value, low, high } = difference
  const x = (share: number) => left + ((share + 1) / 2) * width
  return (
    <span className={styles.interval}>
      <svg viewBox={`0 0 ${width + 2 * left} ${height}`} width={width + 2 * left} height={height} aria-hidden="true">
        <line className={styles.axis} x1={left} x2={left + width} y1={height / 2} y2={height / 2} />
        <line className={styles.zero} x1={x(0)} x2={x(0)} y1={4} y2={height - 4} />
        <line className={styles.bar} x1={x(low)} x2={x(high)} y1={height / 2} y2={height / 2} />
        <circle className={styles.point} cx={x(value)} cy={height / 2} r={5} />
      </svg>
      <b>
        {signed(value)} points ({signed(low)} to {signed(high)})
      </b>
    </span>
  )
}

function describeTest({ mcnemar_p, mcnemar_p_holm }: Pair, pairs: number): string {
  const adjusted = pairs > 1 ? `, ${renderP(mcnemar_p_holm)} adjusted by Holm for ${pairs} comparisons` : ''
  return `McNemar's exact test: p = ${renderP(mcnemar_p)}${adjusted}`
}

function signed(share: number): string {
  return `${share < 0 ? '−' : '+'}${renderPercent(Math.abs(share))}`
}
