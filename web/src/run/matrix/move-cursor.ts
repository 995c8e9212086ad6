import type { MatrixRow } from '../../parts/arrange-rows.ts'

/** A cell of the matrix that leads to a sample: both from 0. */
export interface MatrixCell {
  readonly row: number
  readonly sample: number
}

export function hasSample(row: MatrixRow | undefined, sample: number): boolean {
  return row !== undefined && sample >= 0 && sample < row.marks.length
}

interface Key {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/**
 * Where a key leads from a cell, as in other grids: to the next cell that is recorded in that direction.
 *
 * @param page rows in the window
 * @returns undefined if it leads nowhere: the key is then the browser's
 */
export function moveCursor(
  rows: readonly MatrixRow[],
  { row, sample }: MatrixCell,
  { key, ctrlKey, metaKey, altKey, shiftKey }: Key,
  page: number,
): MatrixCell | undefined {
  if (metaKey || altKey || shiftKey) return undefined
  const last = (rows[row]?.marks.length ?? 0) - 1
  const along = (to: number) => (to !== sample && hasSample(rows[row], to) ? { row, sample: to } : undefined)
  // Beyond the end it is the last row; a task without this sample is passed over.
  const toRow = (wanted: number, step: 1 | -1) => {
    const start = Math.min(Math.max(wanted, 0), rows.length - 1)
    for (let next = start; next >= 0 && next < rows.length; next += step) {
      if (hasSample(rows[next], sample)) return next === row ? undefined : { row: next, sample }
    }
    return undefined
  }
  if (ctrlKey) {
    if (key === 'Home') return toRow(0, 1)
    if (key === 'End') return toRow(rows.length - 1, -1)
    return undefined
  }
  switch (key) {
    case 'ArrowRight':
      return along(sample + 1)
    case 'ArrowLeft':
      return along(sample - 1)
    case 'ArrowDown':
      return row + 1 < rows.length ? toRow(row + 1, 1) : undefined
    case 'ArrowUp':
      return row > 0 ? toRow(row - 1, -1) : undefined
    case 'Home':
      return along(0)
    case 'End':
      return along(last)
    // A page that ends among tasks without this sample leads to the last one before them.
    case 'PageDown':
      return toRow(row + page, -1)
    case 'PageUp':
      return toRow(row - page, 1)
    default:
      return undefined
  }
}
