import type { Criterion } from '../../domain/exports/criterion.ts'
import type { Example } from '../../domain/exports/example.ts'
import type { Standing } from '../../domain/exports/guard.ts'
import type { ReasoningForm } from '../../domain/exports/reasoning-form.ts'
import type { AskingRun } from '../../domain/runs/run.ts'

export type ExportRow = Readonly<Record<string, unknown>>

/** A candidate row with the answers it is made of: most are dropped before they are rendered. */
export interface PlannedRow {
  readonly examples: readonly Example[]
  readonly render: () => ExportRow
}

/** What the rows of one item have in common. */
export interface RowContext {
  readonly run: AskingRun
  readonly standing: Standing
  readonly only: Criterion
  /** Whether rows name the outputs that their programs have hard-coded: only if such programs are not filtered out. */
  readonly marksCopies: boolean
  readonly reasoning: ReasoningForm
}

/** A kind of training file. */
export interface TrainingFormat {
  readonly name: string
  readonly description: string
  readonly extension: 'jsonl' | 'parquet'
  /** Whether programs with hard-coded outputs are included by default: for analysis yes, for training no. */
  readonly includesCopied: boolean
  /** Whether it can show the provider's reasoning in the requested form. */
  readonly takesReasoning: boolean
  /**
   * What `--only` may be, the default first.
   *
   * @param possible the criteria that the run's answers allow, in order of preference
   * @returns an empty list if the file cannot be made from such answers
   */
  readonly chooseCriteria: (possible: readonly Criterion[]) => readonly Criterion[]
  /** Whether an answer may be in a row. */
  readonly isCandidate: (example: Example, only: Criterion) => boolean
  /** What is said about answers that may not; it follows "12 answers". @param only as given on the command line */
  readonly describeOthers: (only: string) => string
  /** @param candidates of one item in one run, in the order of its samples */
  readonly planRows: (candidates: readonly Example[], context: RowContext) => readonly PlannedRow[]
  /** Writes a file whole or not at all, never over an existing one. @returns false when the name is taken */
  readonly write: (path: string, rows: AsyncIterable<ExportRow>) => Promise<boolean>
}
