import type { ResultsEntry } from '../../domain/results-entry.ts'
import type { RunKind } from '../../domain/specification.ts'

/** Which of the folders of results a run writes to. */
export interface ResultsPlace {
  readonly kind: RunKind
  readonly recipe: string
}

/** What researchers take away: the partial file that grows while a run goes on, and one results file each time it ends. */
export interface ResultsFiles {
  /**
   * Appends the entries that the partial file does not hold yet, under a lock: many runs and workers share the file.
   *
   * @param items all item keys that are recorded
   * @param readEntry makes the entry of one of them
   */
  appendPartial(
    place: ResultsPlace,
    runId: string,
    items: readonly string[],
    readEntry: (item: string) => Promise<ResultsEntry>,
  ): Promise<void>
  /**
   * Writes `{metadata, results}` under a name of its own and never over anything. Written again for the same end of the
   * same run it finds the file it wrote.
   *
   * @returns the path, relative to the data folder
   */
  writeFinal(final: FinalResults): Promise<string>
}

export interface FinalResults {
  readonly place: ResultsPlace
  readonly runId: string
  /** ISO 8601, UTC: the name carries it. */
  readonly endedAt: string
  /** Adds `_interrupted` to the name: the run did not come to its end. */
  readonly interrupted: boolean
  readonly metadata: Readonly<Record<string, unknown>>
  readonly items: readonly string[]
  readonly readEntry: (item: string) => Promise<ResultsEntry>
}
