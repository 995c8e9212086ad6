import { readExamples } from '../../adapters/exports/read-examples.ts'
import type { ExportRow, RowContext, TrainingFormat } from '../../adapters/exports/training-format.ts'
import { countNothing, createSelection, type LeftOut, type SelectionRules } from '../../domain/exports/select-rows.ts'
import type { GuardedItem } from './guard-runs.ts'
import type { OpenedRun } from './open-runs.ts'

/** Totals of an export, updated as its rows are read. */
export interface ExportCounts {
  answers: number
  rows: number
  /** Tasks that have a row. */
  tasks: number
  readonly leftOut: LeftOut
  /** Answers and rows per run. */
  readonly runs: Map<OpenedRun, { answers: number; rows: number }>
}

export function createCounts(runs: readonly OpenedRun[]): ExportCounts {
  return {
    answers: 0,
    rows: 0,
    tasks: 0,
    leftOut: countNothing(),
    runs: new Map(runs.map((opened) => [opened, { answers: 0, rows: 0 }])),
  }
}

interface Stream {
  readonly format: TrainingFormat
  readonly items: readonly GuardedItem[]
  readonly rules: SelectionRules
  readonly rowContext: Pick<RowContext, 'marksCopies' | 'reasoning'>
  readonly counts: ExportCounts
  /** Called for each task in each run. */
  readonly onTask: () => void
}

/**
 * Yields rows task by task and run by run, so that only one item of one run is in memory. Tasks with the same content
 * share a selection, whatever their names.
 */
export async function* streamRows({ items, rules, counts, ...stream }: Stream): AsyncGenerator<ExportRow> {
  for (const sameTask of Map.groupBy(items, ({ item }) => item.hash).values()) {
    const select = createSelection(rules, counts.leftOut)
    for (const guarded of sameTask) {
      const before = counts.rows
      for (const { opened, item } of guarded.uses) {
        const { folder, run, only } = opened
        const { format, rowContext, onTask } = stream
        const examples = await readExamples(folder, run, { ...item, ...(await folder.readPairs(item.hash)) })
        const context = { run, standing: guarded.standing, only, ...rowContext }
        const rows = select(examples, only, {
          isCandidate: format.isCandidate,
          planRows: (candidates) => format.planRows(candidates, context),
        })
        count(counts, opened, examples.length, rows.length)
        for (const row of rows) yield row.render()
        onTask()
      }
      if (counts.rows > before) counts.tasks += 1
    }
  }
}

function count(counts: ExportCounts, opened: OpenedRun, answers: number, rows: number): void {
  const ofRun = counts.runs.get(opened)
  counts.answers += answers
  counts.rows += rows
  if (ofRun === undefined) return
  ofRun.answers += answers
  ofRun.rows += rows
}
