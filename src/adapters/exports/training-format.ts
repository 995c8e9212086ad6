import type { Criterion } from '../../domain/exports/criterion.ts'
import type { Example } from '../../domain/exports/example.ts'
import type { Standing } from '../../domain/exports/guard.ts'
import type { AskingRun } from '../../domain/runs/run.ts'

export type ExportRow = Readonly<Record<string, unknown>>

/** The examples of one item, in the order of its samples. */
export interface ItemExamples {
  readonly run: AskingRun
  readonly standing: Standing
  readonly examples: readonly Example[]
}

/** A kind of file that training reads. */
export interface TrainingFormat {
  readonly name: string
  readonly description: string
  readonly extension: 'jsonl' | 'parquet'
  /**
   * What `--only` may be, the default first.
   *
   * @param possible what can be told of the run's answers, in order of preference
   * @returns none where the file cannot be made of such answers
   */
  readonly chooseCriteria: (possible: readonly Criterion[]) => readonly Criterion[]
  readonly renderRows: (item: ItemExamples, only: Criterion) => readonly ExportRow[]
  /** Writes a file whole or not at all, and never over anything. @returns false when the name is taken */
  readonly write: (path: string, rows: AsyncIterable<ExportRow>) => Promise<boolean>
}
