import type { AskingSpecification, VerificationSpecification } from '../../domain/runs/specification.ts'

/** Which of the results folders a run writes to. */
export type ResultsPlace = Pick<AskingSpecification, 'kind' | 'recipe'> | Pick<VerificationSpecification, 'kind'>

/** A line of a partial file, or an entry of a results file; run and item identify it. */
export interface WrittenEntry {
  readonly run_id: string
  readonly item: string
  /** When the item was recorded, ISO 8601. */
  readonly timestamp: string
}

/** What researchers take away: the partial file that grows during a run, and one results file each time the run ends. */
export interface ResultsFiles {
  /**
   * Appends the entries that the partial file lacks, under a lock: many runs and workers share the file.
   *
   * @param items all recorded item keys
   * @param readEntry makes the entry of one item
   * @param recordedAt when each was recorded, if known: an item that is recorded again gets a second line
   */
  appendPartial(
    place: ResultsPlace,
    runId: string,
    items: readonly string[],
    readEntry: (itemKey: string) => Promise<WrittenEntry>,
    recordedAt?: ReadonlyMap<string, string>,
  ): Promise<void>
  /**
   * Writes `{metadata, results}` under a new name, never over an existing file. Called again for the same end of the same run, it
   * finds the file it wrote.
   *
   * @returns the path, relative to the data folder unless another place was requested
   */
  writeFinal(final: FinalResults): Promise<string>
  /** Where people find the file that `writeFinal` named. */
  locate(file: string): string
}

export interface FinalResults {
  readonly place: ResultsPlace
  /** An absolute path to write to instead. If it cannot be written, or the name is taken, another is used: nothing is lost. */
  readonly output: string | null
  readonly runId: string
  /** ISO 8601, UTC; part of the name. */
  readonly endedAt: string
  /** Adds `_interrupted` to the name: the run did not finish. */
  readonly interrupted: boolean
  readonly metadata: Readonly<Record<string, unknown>>
  readonly items: readonly string[]
  readonly readEntry: (itemKey: string) => Promise<WrittenEntry>
}
