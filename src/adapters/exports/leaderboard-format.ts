import type { RunFolder } from '../stores/run-store.ts'

/** A form of a run that other programs read. */
export interface LeaderboardFormat {
  readonly name: string
  /** For people, in a few words. */
  readonly description: string
  /** What its output is called below the folder of exports. */
  nameOutput(runId: string): string
  /**
   * Writes it, whole as far as the run is recorded.
   *
   * @returns false, and nothing written, where the output's name is taken
   */
  write(folder: RunFolder, output: string): Promise<boolean>
}
