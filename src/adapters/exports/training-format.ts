import type { Criterion } from '../../domain/exports/criterion.ts'
import type { Example } from '../../domain/exports/example.ts'
import type { Standing } from '../../domain/exports/guard.ts'
import type { ReasoningForm } from '../../domain/exports/reasoning-form.ts'
import type { AskingRun } from '../../domain/runs/run.ts'

export type ExportRow = Readonly<Record<string, unknown>>

/** A row that may be taken, with the answers it is made of: most are left out before they are rendered. */
export interface PlannedRow {
  readonly examples: readonly Example[]
  readonly render: () => ExportRow
}

/** What the rows of one item have in common. */
export interface RowContext {
  readonly run: AskingRun
  readonly standing: Standing
  readonly only: Criterion
  /** Whether rows name the outputs that their programs have written out: only where such programs may be among them. */
  readonly marksCopies: boolean
  readonly reasoning: ReasoningForm
}

/** A kind of file that training reads. */
export interface TrainingFormat {
  readonly name: string
  readonly description: string
  readonly extension: 'jsonl' | 'parquet'
  /** Whether programs that have outputs written out are in it unless told otherwise: in what is for analysis, not for training. */
  readonly includesCopied: boolean
  /** Whether it can show the provider's reasoning in the form that is asked for. */
  readonly takesReasoning: boolean
  /**
   * What `--only` may be, the default first.
   *
   * @param possible what can be told of the run's answers, in order of preference
   * @returns none where the file cannot be made of such answers
   */
  readonly chooseCriteria: (possible: readonly Criterion[]) => readonly Criterion[]
  /** Whether an answer may stand in a row. */
  readonly isCandidate: (example: Example, only: Criterion) => boolean
  /** What is said of answers that may not: it follows "12 answers". @param only as it was asked for */
  readonly describeOthers: (only: string) => string
  /** @param candidates of one item in one run, in the order of its samples */
  readonly planRows: (candidates: readonly Example[], context: RowContext) => readonly PlannedRow[]
  /** Writes a file whole or not at all, and never over anything. @returns false when the name is taken */
  readonly write: (path: string, rows: AsyncIterable<ExportRow>) => Promise<boolean>
}
