import type { AskingSpecification, VerificationSpecification } from '../../domain/runs/specification.ts'

/** Which of the folders of results a run writes to. */
export type ResultsPlace = Pick<AskingSpecification, 'kind' | 'recipe'> | Pick<VerificationSpecification, 'kind'>

/** One line of a partial file, one entry of a results file: told from others by run and item. */
export interface WrittenEntry {
  readonly run_id: string
  readonly item: string
  /** When the item was recorded, ISO 8601. */
  readonly timestamp: string
}

/** What researchers take away: the partial file that grows while a run goes on, and one results file each time it ends. */
export interface ResultsFiles {
  /**
   * Appends the entries that the partial file does not hold yet, under a lock: many runs and workers share the file.
   *
   * @param items all item keys that are recorded
   * @param readEntry makes the entry of one of them
   * @param recordedAt when each was recorded, where that is known: an item that was recorded anew has a second line
   */
  appendPartial(
    place: ResultsPlace,
    runId: string,
    items: readonly string[],
    readEntry: (item: string) => Promise<WrittenEntry>,
    recordedAt?: ReadonlyMap<string, string>,
  ): Promise<void>
  /**
   * Writes `{metadata, results}` under a name of its own and never over anything. Written again for the same end of the
   * same run it finds the file it wrote.
   *
   * @returns the path, relative to the data folder unless another place was asked for
   */
  writeFinal(final: FinalResults): Promise<string>
  /** Where people find what `writeFinal` named. */
  locate(file: string): string
}

export interface FinalResults {
  readonly place: ResultsPlace
  /** An absolute path to write to instead. Where that cannot be written, or the name is taken, another is found: nothing is lost. */
  readonly output: string | null
  readonly runId: string
  /** ISO 8601, UTC: the name carries it. */
  readonly endedAt: string
  /** Adds `_interrupted` to the name: the run did not come to its end. */
  readonly interrupted: boolean
  readonly metadata: Readonly<Record<string, unknown>>
  readonly items: readonly string[]
  readonly readEntry: (item: string) => Promise<WrittenEntry>
}
