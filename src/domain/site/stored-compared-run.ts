import type { ComparedRun } from '../compare/compared-run.ts'

/** What comparisons read of a run, as a site keeps it: as JSON, a map is a list of its entries. */
interface StoredComparedRun extends Pick<ComparedRun, 'run' | 'document'> {
  readonly tasks: readonly (readonly [
    string,
    ComparedRun['tasks'] extends ReadonlyMap<string, infer Task> ? Task : never,
  ])[]
}

export function renderStoredComparedRun({ run, document, tasks }: ComparedRun): StoredComparedRun {
  return { run: { specification: run.specification }, document, tasks: [...tasks] }
}

/** @param value as the code that wrote the site rendered it */
export function parseStoredComparedRun(value: unknown): ComparedRun {
  const { run, document, tasks } = value as StoredComparedRun // Of the same build.
  return { run, document, tasks: new Map(tasks) }
}
