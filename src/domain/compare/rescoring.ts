import type { RunDocument } from '../results/run-document.ts'

/** What of a run's document reading it again may change. */
export type Judged = Pick<
  RunDocument,
  'outcomes' | 'verdicts' | 'scores' | 'scoring' | 'resolutions' | 'solved_task_ids' | 'unsolved_task_ids'
>

/** What `rescore --json` prints: a run as it was reported, and as today's extraction, selection and scoring see it. */
export interface Rescoring {
  readonly run_id: string
  /** The files in which the run was reported, as absolute paths; null where it has none. */
  readonly results_path: string | null
  readonly report_path: string | null
  readonly samples: number
  /** Samples that stand differently by outcome, program or grids. */
  readonly samples_changed: number
  readonly programs_run_again: number
  /** The verification run that ran them; null where there was nothing to run. */
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
