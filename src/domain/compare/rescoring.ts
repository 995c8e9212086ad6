import type { RunDocument } from '../results/run-document.ts'

/** The parts of a run's document that rescoring may change. */
export type Judged = Pick<
  RunDocument,
  'outcomes' | 'verdicts' | 'scores' | 'scoring' | 'resolutions' | 'solved_task_ids' | 'unsolved_task_ids'
>

/** The document of `rescore --json`: a run as reported, and under the current extraction, selection and scoring. */
export interface Rescoring {
  readonly run_id: string
  /** The files with the reported numbers, as absolute paths; null if there are none. */
  readonly results_path: string | null
  readonly report_path: string | null
  readonly samples: number
  /** Samples that changed in outcome, program or grids. */
  readonly samples_changed: number
  readonly programs_run_again: number
  /** The verification run that ran them; null if there was nothing to run. */
  readonly verification: string | null
  readonly before: Judged
  readonly after: Judged
  readonly newly_solved: readonly string[]
  readonly no_longer_solved: readonly string[]
}

export function pickJudged(document: Judged): Judged {
  const { outcomes, verdicts, scores, scoring, resolutions, solved_task_ids, unsolved_task_ids } = document
  return { outcomes, verdicts, scores, scoring, resolutions, solved_task_ids, unsolved_task_ids }
}

/** Which tasks are solved by one and not by the other. */
export function compareSolved(before: Judged, after: Judged): Pick<Rescoring, 'newly_solved' | 'no_longer_solved'> {
  const [solvedBefore, solvedAfter] = [new Set(before.solved_task_ids), new Set(after.solved_task_ids)]
  return {
    newly_solved: after.solved_task_ids.filter((task) => !solvedBefore.has(task)),
    no_longer_solved: before.solved_task_ids.filter((task) => !solvedAfter.has(task)),
  }
}
