import { count, inflect } from '../domain/count.ts'
import type { RunDocument } from '../domain/results/run-document.ts'
import type { SplitScores } from '../domain/scores/score-tallies.ts'

export interface NamedScores {
  readonly scores: SplitScores
  /** Which tasks they cover, in words. */
  readonly over: string
}

/**
 * A run's scores, each with the tasks it covers. An unfinished run has two per split: over the recorded tasks, which
 * shows how it is going, and over all tasks of the run, which is what it has achieved.
 */
export function listScores({
  tasks,
  scores,
  recorded_scores,
}: Pick<RunDocument, 'tasks' | 'scores' | 'recorded_scores'>): NamedScores[] {
  return (scores ?? []).flatMap((all) => {
    const recordedScore = recorded_scores?.find(({ dataset, split }) => dataset === all.dataset && split === all.split)
    const recordedTasks = recordedScore?.tasks ?? 0
    if (tasks.done === tasks.total || recordedTasks === all.tasks)
      return [{ scores: all, over: count(all.tasks, 'task') }]
    const missingTasks = all.tasks - recordedTasks
    const over =
      all.tasks === 1
        ? '1 task, which is not recorded and counts as wrong'
        : `all ${count(all.tasks, 'task')}; ${missingTasks} not recorded ${inflect(missingTasks, 'counts', 'count')} as wrong`
    return [
      ...(recordedScore === undefined
        ? []
        : [{ scores: recordedScore, over: `the ${count(recordedTasks, 'task')} recorded so far` }]),
      { scores: all, over },
    ]
  })
}
