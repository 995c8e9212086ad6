import { hashTask } from '../adapters/datasets/hash-task.ts'
import type { GivenProgram, ReadingFault } from '../domain/runs/given-program.ts'
import type { Task } from '../domain/tasks/task.ts'

/** Programs to verify, grouped by task, with the entries that could not be read. */
export interface GivenPrograms {
  /** A short name of their source, used in run names. */
  readonly name: string
  /** A file's path or a run's id. */
  readonly origin: string
  readonly items: readonly { readonly task: Task; readonly programs: readonly GivenProgram[] }[]
  readonly faults: readonly ReadingFault[]
  /** Samples without a program, because none was found in their answer: nothing to verify, but not a fault. */
  readonly withoutProgram: number
}

/** Groups programs by task: a task that occurs in many entries becomes one item with many programs. */
export function createGathering() {
  const items = new Map<string, { readonly task: Task; readonly programs: GivenProgram[] }>()
  return {
    add(task: Task, programs: readonly GivenProgram[]): void {
      const key = `${task.taskId}\0${task.version}\0${hashTask(task)}`
      const item = items.get(key)
      if (item) item.programs.push(...programs)
      else items.set(key, { task, programs: [...programs] })
    },
    list: () => [...items.values()],
  }
}
