import type { MatrixDocument } from '../../../src/api/documents.ts'
import { count } from '../../../src/domain/count.ts'
import type { Resolution } from '../../../src/domain/scores/tally-item.ts'
import { navigate } from '../address/navigate.ts'
import { matrixOrders, type MatrixOrder, type MatrixView } from '../address/run-views.ts'
import { arrangeRows, type MatrixRow } from '../parts/arrange-rows.ts'
import { Choice } from '../parts/Choice.tsx'
import { CountBars } from './CountBars.tsx'
import { markWords, resolutionWords } from './mark-words.ts'
import { Matrix } from './Matrix.tsx'
import styles from './MatrixPanel.module.css'

const orderWords: Readonly<Record<MatrixOrder, string>> = {
  nearest: 'Nearest misses first',
  'fewest-right': 'Fewest right samples first',
  name: 'By name',
}

interface MatrixPanelProps {
  readonly matrix: MatrixDocument
  readonly view: MatrixView
}

/** The outcomes of tasks and samples as bars that filter, and the matrix of all of them. */
export function MatrixPanel({ matrix, view }: MatrixPanelProps) {
  const { run_id: run, rows, samples } = matrix
  const visibleRows = arrangeRows(rows, view)
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
      </div>
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
