import { useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { MatrixRow } from '../../parts/arrange-rows.ts'
import { hasSample, type MatrixCell } from './move-cursor.ts'

interface MatrixCursor {
  /** Undefined if no task is recorded. */
  readonly cursor: MatrixCell | undefined
  /** Puts it where the focus already is. */
  readonly put: (cell: MatrixCell) => void
  /** Puts it there, and the focus with it. */
  readonly move: (cell: MatrixCell) => void
}

/** The cell that the keyboard is at. It stays with its task when rows are filtered or sorted. */
export function useMatrixCursor(rows: readonly MatrixRow[], frame: RefObject<HTMLElement | null>): MatrixCursor {
  const [place, setPlace] = useState<{ readonly item: string; readonly sample: number }>()
  const isMoving = useRef(false)
  const cursor = useMemo(() => {
    const row = rows.findIndex(({ item }) => item === place?.item)
    if (place && hasSample(rows[row], place.sample)) return { row, sample: place.sample }
    const first = rows.findIndex((each) => hasSample(each, 0))
    return first < 0 ? undefined : { row: first, sample: 0 }
  }, [rows, place])
  useLayoutEffect(() => {
    if (!isMoving.current || !cursor) return
    isMoving.current = false
    const cell = `[data-row="${cursor.row}"] [data-sample="${cursor.sample}"] a`
    frame.current?.querySelector<HTMLElement>(cell)?.focus()
  }, [cursor, frame])
  const put = ({ row, sample }: MatrixCell) => {
    const item = rows[row]?.item
    if (item !== undefined && !(item === place?.item && sample === place.sample)) setPlace({ item, sample })
  }
  const move = (cell: MatrixCell) => {
    isMoving.current = true
    put(cell)
  }
  return { cursor, put, move }
}
