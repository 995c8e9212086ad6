import type { RunFolder } from '../stores/run-store.ts'

/** A run in a form that other programs read. */
export interface LeaderboardFormat {
  readonly name: string
  /** For people, in a few words. */
  readonly description: string
  /** Name of its output below the exports folder. */
  nameOutput(runId: string): string
  /**
   * Writes everything that the run has recorded, whole or not at all.
   *
   * @param onTask called for each task taken in
   * @returns false, with nothing written, if the output's name is taken
   */
  write(folder: RunFolder, output: string, onTask?: () => void): Promise<boolean>
}
