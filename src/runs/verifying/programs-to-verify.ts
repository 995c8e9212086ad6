import { hashTask } from '../../adapters/datasets/hash-task.ts'
import type { ProgramToVerify, ReadingFault } from '../../domain/runs/program-to-verify.ts'
import type { Task } from '../../domain/tasks/task.ts'

/** Programs to verify, grouped by task, with the entries that could not be read. */
export interface ProgramsToVerify {
  /** A short name of their source, used in run names. */
  readonly name: string
  /** A file's path or a run's id. */
  readonly origin: string
  readonly items: readonly { readonly task: Task; readonly programs: readonly ProgramToVerify[] }[]
  readonly faults: readonly ReadingFault[]
  /** Samples without a program, because none was found in their answer: nothing to verify, but not a fault. */
  readonly withoutProgram: number
}

/** Groups programs by task: a task that occurs in many entries becomes one item with many programs. */
export function createGathering() {
  const items = new Map<string, { readonly task: Task; readonly programs: ProgramToVerify[] }>()
  return {
    add(task: Task, programs: readonly ProgramToVerify[]): void {
      const key = `${task.taskId}\0${task.version}\0${hashTask(task)}`
      const item = items.get(key)
      if (item) item.programs.push(...programs)
      else items.set(key, { task, programs: [...programs] })
    },
    list: () => [...items.values()],
  }
}
