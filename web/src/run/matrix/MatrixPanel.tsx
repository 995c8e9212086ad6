import type { MatrixDocument } from '../../../../src/api/documents.ts'
import { count } from '../../../../src/domain/count.ts'
import type { Resolution } from '../../../../src/domain/scores/tally-item.ts'
import { navigate } from '../../address/navigate.ts'
import { matrixOrders, solvedBy, type MatrixOrder, type MatrixView, type SolvedBy } from '../../address/run-views.ts'
import { arrangeRows, type MatrixRow } from '../../parts/arrange-rows.ts'
import { Choice } from '../../parts/Choice.tsx'
import { usePairs } from '../../parts/hooks/use-pairs.ts'
import { CountBars } from './CountBars.tsx'
import { markWords, resolutionWords } from './mark-words.ts'
import { Matrix } from './Matrix.tsx'
import styles from './MatrixPanel.module.css'
import { useComparable } from './use-comparable.ts'

const orderWords: Readonly<Record<MatrixOrder, string>> = {
  nearest: 'Nearest misses first',
  'fewest-right': 'Fewest right samples first',
  name: 'By name',
}

const solvedWords: Readonly<Record<SolvedBy, string>> = {
  both: 'solved by both',
  'only-this': 'by this, not by that',
  'only-that': 'by that, not by this',
  neither: 'by neither',
}

interface MatrixPanelProps {
  readonly matrix: MatrixDocument
  readonly view: MatrixView
}

/** The outcomes of tasks and samples as bars that filter, and the matrix of all of them. */
export function MatrixPanel({ matrix, view }: MatrixPanelProps) {
  const { run_id: run, rows, samples } = matrix
  const { pairs, error } = usePairs(rows, view.against)
  const comparable = useComparable(run)
  const visibleRows = arrangeRows(rows, view, pairs)
  const change = (part: Partial<Record<keyof MatrixView, string | undefined>>) =>
    navigate({ page: 'run', run, matrix: { ...view, ...part } as MatrixView }, { replace: true })
  const recorded = rows.filter(({ marks }) => marks !== '').length
  return (
    <section className={styles.panel} aria-label="Tasks and samples">
      <p className={styles.denominator} role="status">
        All counts are over {count(rows.length, 'task')} with {count(samples, 'sample')} each
        {recorded < rows.length && `; ${rows.length - recorded} not recorded yet`}
        {matrix.is_reading && ' (still reading)'}
      </p>
      <div className={styles.bars}>
        {rows.some(({ resolution }) => resolution !== null) && (
          <CountBars
            title="Tasks"
            of={rows.length}
            chosen={view.resolution}
            bars={countResolutions(rows)}
            onChoose={(resolution) => change({ resolution })}
          />
        )}
        <CountBars
          title="Samples"
          of={rows.length * samples}
          chosen={view.mark}
          bars={countMarks(rows, samples)}
          onChoose={(mark) => change({ mark })}
        />
        {pairs && pairs.size > 0 && (
          <CountBars
            title={`This run, and that: ${view.against}`}
            of={pairs.size}
            chosen={view.solved}
            bars={countSolvers(pairs)}
            onChoose={(solved) => change({ solved })}
          />
        )}
      </div>
      {view.against !== undefined && (
        <p className={styles.denominator} role={error ? 'alert' : 'status'}>
          {error ? error.message : pairs ? describePairs(pairs.size, rows.length) : `Reading ${view.against}…`}
        </p>
      )}
      <search className={styles.filters}>
        <input
          type="search"
          aria-label="Search tasks"
          placeholder="Task"
          value={view.search ?? ''}
          onChange={(event) => change({ search: event.target.value || undefined })}
        />
        <Choice
          title="Order"
          value={view.order}
          unset="Order of the run"
          options={matrixOrders.map((order) => [order, orderWords[order]])}
          onChange={(order) => change({ order })}
        />
        {(comparable.length > 0 || view.against !== undefined) && (
          <Choice
            title="Compared with"
            value={view.against}
            unset="Compared with none"
            options={comparable.map((other) => [other, `Compared with ${other}`])}
            onChange={(against) => change({ against, solved: undefined })}
          />
        )}
        <span className={styles.count} role="status">
          {visibleRows.length === rows.length
            ? count(rows.length, 'task')
            : `${visibleRows.length} of ${count(rows.length, 'task')}`}
        </span>
      </search>
      {visibleRows.length === 0 ? (
        <p className={styles.none}>
          No matching tasks{' '}
          <button type="button" onClick={() => navigate({ page: 'run', run, matrix: {} }, { replace: true })}>
            Show all tasks
          </button>
        </p>
      ) : (
        <Matrix run={run} rows={visibleRows} samples={samples} view={view} />
      )}
    </section>
  )
}

function countResolutions(rows: readonly MatrixRow[]) {
  const counts = Map.groupBy(rows, ({ resolution }) => resolution)
  return (Object.keys(resolutionWords) as Resolution[]).map((name) => ({
    name,
    words: resolutionWords[name],
    count: counts.get(name)?.length ?? 0,
  }))
}

function countSolvers(pairs: ReadonlyMap<string, SolvedBy>) {
  const counts = Map.groupBy(pairs.values(), (solvers) => solvers)
  return solvedBy.map((name) => ({ name, words: solvedWords[name], count: counts.get(name)?.length ?? 0 }))
}

function describePairs(common: number, all: number): string {
  if (common === 0) return 'There is no task that both runs have finished.'
  const others = common < all ? ` The other ${count(all - common, 'task')} of this run cannot be compared.` : ''
  return `Compared over the ${count(common, 'task')} that both runs have finished.${others}`
}

function countMarks(rows: readonly MatrixRow[], samples: number) {
  const counts = new Map<string, number>()
  for (const { marks } of rows) {
    for (const letter of Array.from(marks)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  const total = [...counts.values()].reduce((sum, each) => sum + each, 0)
  return [
    ...markWords.map(({ mark, letter, sign, words }) => ({
      name: mark,
      words,
      sign,
      count: counts.get(letter) ?? 0,
    })),
    { name: undefined, words: 'not recorded', count: rows.length * samples - total },
  ]
}
