import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { MatrixView } from '../../address/run-views.ts'
import type { MatrixRow } from '../../parts/arrange-rows.ts'
import { blockSize, cellWidth, rowHeight } from './draw-marks.ts'
import styles from './Matrix.module.css'
import { MatrixLine } from './MatrixLine.tsx'
import { moveCursor, type MatrixCell } from './move-cursor.ts'
import { useMatrixCursor } from './use-matrix-cursor.ts'

interface MatrixProps {
  readonly run: string
  readonly rows: readonly MatrixRow[]
  readonly samples: number
  readonly view: MatrixView
}

/**
 * Tasks as rows, samples as columns. Only what is near the window is drawn, so that 10,000 tasks scroll like 10. For the keyboard
 * it is one stop in the tab order, within which keys move from cell to cell.
 */
export function Matrix({ run, rows, samples, view }: MatrixProps) {
  const frame = useRef<HTMLDivElement>(null)
  const { cursor, put, move } = useMatrixCursor(rows, frame)
  const [hovered, setHovered] = useState<MatrixCell>()
  const cursorRow = cursor?.row
  // The focus is not lost when its row is scrolled away.
  const extractRows = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range)
      return cursorRow === undefined || drawn.includes(cursorRow) ? drawn : [...drawn, cursorRow]
    },
    [cursorRow],
  )
  // Nothing here is compiled by React's compiler, which is what the rule is about.
  // eslint-disable-next-line react/incompatible-library
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    // The headings' line.
    paddingStart: rowHeight,
    overscan: 6,
    rangeExtractor: extractRows,
    initialRect: { width: 800, height: 600 },
  })
  const columns = useVirtualizer({
    horizontal: true,
    count: Math.ceil(samples / blockSize),
    getScrollElement: () => frame.current,
    estimateSize: () => blockSize * cellWidth,
    overscan: 0,
    initialRect: { width: 1600, height: 600 },
  })
  const blocks = columns.getVirtualItems()
  const followKey = (event: KeyboardEvent<HTMLElement>) => {
    // A press beside the cells leaves the focus on the grid itself.
    const here = event.target === event.currentTarget ? cursor : readCell(event.target)
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / rowHeight) - 2)
    const next = here && moveCursor(rows, here, event, page)
    if (!next) return
    event.preventDefault()
    move(next)
  }
  const followPointer = (event: PointerEvent<HTMLElement>) => {
    const cell = findCell(event)
    setHovered((before) => (before?.row === cell?.row && before?.sample === cell?.sample ? before : cell))
  }
  const followFocus = ({ target }: { readonly target: EventTarget }) => {
    const cell = readCell(target)
    if (cell) put(cell)
  }
  return (
    <div
      className={styles.frame}
      ref={frame}
      // Includes room for a scroll bar.
      style={{ height: lines.getTotalSize() + 20, ['--cells' as string]: `${samples * cellWidth}px` }}
    >
      <div
        className={styles.sheet}
        role="grid"
        aria-label="Tasks by samples"
        aria-rowcount={rows.length + 1}
        aria-colcount={samples + 1}
        style={{ height: lines.getTotalSize() }}
        tabIndex={-1}
        onKeyDown={followKey}
        onFocus={followFocus}
        onPointerMove={followPointer}
        onPointerDown={followPointer}
        // A finger leaves before its tap is a click.
        onPointerLeave={({ pointerType }) => pointerType !== 'touch' && setHovered(undefined)}
      >
        <div className={styles.headings} role="row" aria-rowindex={1}>
          <span className={styles.name} role="columnheader" aria-colindex={1}>
            Task, by sample
          </span>
          <div className={styles.cells} role="presentation">
            {blocks
              .flatMap(({ index }) => listBlock(index, samples))
              .map((sample) => (
                <span
                  key={sample}
                  className={styles.heading}
                  style={{ left: sample * cellWidth }}
                  role="columnheader"
                  aria-colindex={sample + 2}
                  aria-label={`Sample ${sample + 1}`}
                >
                  {sample + 1}
                </span>
              ))}
          </div>
        </div>
        {lines.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          return (
            row && (
              <MatrixLine
                key={row.item}
                run={run}
                row={row}
                index={index}
                top={start}
                samples={samples}
                blocks={blocks}
                view={view}
                cursor={cursor?.row === index ? cursor.sample : undefined}
                hovered={hovered?.row === index ? hovered.sample : undefined}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

/** The samples of a block of columns. */
function listBlock(block: number, samples: number): number[] {
  const from = block * blockSize
  return Array.from({ length: Math.min(blockSize, samples - from) }, (_, index) => from + index)
}

/** The cell that an element belongs to. */
function readCell(target: EventTarget): MatrixCell | undefined {
  if (!(target instanceof Element)) return undefined
  const sample = target.closest('[data-sample]')?.getAttribute('data-sample')
  const row = target.closest('[data-row]')?.getAttribute('data-row')
  return sample && row ? { row: Number(row), sample: Number(sample) } : undefined
}

/** The cell under the pointer, which need not have an element. */
function findCell({ target, clientX }: PointerEvent<HTMLElement>): MatrixCell | undefined {
  if (!(target instanceof Element)) return undefined
  const cells = target.closest('[data-cells]')
  const row = target.closest('[data-row]')?.getAttribute('data-row')
  if (!cells || !row) return undefined
  return { row: Number(row), sample: Math.floor((clientX - cells.getBoundingClientRect().left) / cellWidth) }
}
