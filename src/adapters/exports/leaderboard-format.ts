import type { RunFolder } from '../stores/run-store.ts'

/** A form of a run that other programs read. */
export interface LeaderboardFormat {
  readonly name: string
  /** For people, in a few words. */
  readonly description: string
  /** What its output is called below the folder of exports. */
  nameOutput(runId: string): string
  /**
   * Makes it appear at once, with as much as the run has recorded.
   *
   * @param onTask called for each task that was taken in
   * @returns false, and nothing written, where the output's name is taken
   */
  write(folder: RunFolder, output: string, onTask?: () => void): Promise<boolean>
}
