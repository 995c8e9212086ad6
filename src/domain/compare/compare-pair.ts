import { differenceInterval } from '../scores/difference-interval.ts'
import type { Score } from '../scores/score-tallies.ts'
import type { ComparedRun, ComparedTask } from './compared-run.ts'
import { mcnemarExact } from './mcnemar.ts'

/** Two runs on the tasks of one split, task by task. */
export interface PairedRuns {
  readonly a: string
  readonly b: string
  readonly dataset: string
  readonly split: string
  readonly tasks: number
  /** Leaderboard score of `a` minus that of `b`, with its 95 % interval over tasks. */
  readonly difference: Score
  /** Tasks that one run solved and the other did not. */
  readonly only_a: readonly string[]
  readonly only_b: readonly string[]
  /** McNemar's exact test on them, two-sided, as if this pair were the only one. */
  readonly mcnemar_p: number
}

interface PairedTask {
  readonly a: ComparedTask
  readonly b: ComparedTask
}

/** @param tasks the tasks to compare on: those that both runs have */
export function comparePair(a: ComparedRun, b: ComparedRun, tasks: readonly string[]): PairedRuns[] {
  const paired = tasks.flatMap((task): PairedTask[] => {
    const [taskA, taskB] = [a.tasks.get(task), b.tasks.get(task)]
    return taskA && taskB ? [{ a: taskA, b: taskB }] : []
  })
  const splits = Map.groupBy(paired, (task) => JSON.stringify([task.a.dataset, task.a.split]))
  return [...splits]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, members]) => {
      const [first] = members
      if (first === undefined) return []
      const onlyA = namesOf(members.filter((task) => isSolved(task.a) && !isSolved(task.b)))
      const onlyB = namesOf(members.filter((task) => !isSolved(task.a) && isSolved(task.b)))
      return [
        {
          a: a.document.run_id,
          b: b.document.run_id,
          dataset: first.a.dataset,
          split: first.a.split,
          tasks: members.length,
          difference: scoreDifference(members),
          only_a: onlyA,
          only_b: onlyB,
          mcnemar_p: mcnemarExact(onlyA.length, onlyB.length),
        },
      ]
    })
}

function isSolved({ matched, outputs }: ComparedTask): boolean {
  return matched === outputs
}

function namesOf(tasks: readonly PairedTask[]): string[] {
  return tasks.map(({ a }) => a.name).sort()
}

function scoreDifference(tasks: readonly PairedTask[]): Score {
  const differences = tasks.map(({ a, b }) => a.matched / a.outputs - b.matched / b.outputs)
  const kinds = [...Map.groupBy(differences, (difference) => difference)]
    .sort(([x], [y]) => x - y)
    .map(([difference, members]) => ({ difference, tasks: members.length }))
  const value = kinds.reduce((sum, kind) => sum + kind.difference * kind.tasks, 0) / tasks.length
  const [low, high] = differenceInterval(kinds)
  return { value, low: Math.min(low, value), high: Math.max(high, value) }
}
