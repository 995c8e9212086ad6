import type { MatrixDocument } from '../../src/api/documents.ts'

type MatrixRow = MatrixDocument['rows'][number]

/** A task in a matrix, not recorded by default. */
export function buildMatrixRow(item: string, part: Partial<MatrixRow>): MatrixRow {
  return {
    item,
    content: item,
    task_id: `task-${item}`,
    version: 0,
    dataset: 'tasks',
    split: 'training',
    resolution: 'not-recorded',
    marks: '',
    selected: [],
    passed_train: [],
    nearest: null,
    failure: null,
    ...part,
  }
}
