import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { memo, useRef, type KeyboardEvent } from 'react'
import { nameTask, renderPercent } from '../../../src/domain/format.ts'
import { Link } from '../address/Link.tsx'
import type { MatrixView } from '../address/run-views.ts'
import type { MatrixRow } from '../parts/arrange-rows.ts'
import { findMark, resolutionWords } from './mark-words.ts'
import styles from './Matrix.module.css'

const rowHeight = 30
const cellWidth = 26

interface MatrixProps {
  readonly run: string
  readonly rows: readonly MatrixRow[]
  readonly samples: number
  readonly view: MatrixView
}

/** Tasks as rows, samples as columns. Only cells near the window are drawn, so that 10,000 tasks scroll like 10. */
export function Matrix({ run, rows, samples, view }: MatrixProps) {
  const frame = useRef<HTMLDivElement>(null)
  // Nothing here is compiled by React's compiler, which is what the rule is about.
  // eslint-disable-next-line react/incompatible-library
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    // The headings' line.
    paddingStart: rowHeight,
    scrollPaddingStart: rowHeight,
    overscan: 6,
    initialRect: { width: 800, height: 600 },
  })
  const columnVirtualizer = useVirtualizer({
    horizontal: true,
    count: samples,
    getScrollElement: () => frame.current,
    estimateSize: () => cellWidth,
    overscan: 6,
    initialRect: { width: 1600, height: 600 },
  })
  const columns = columnVirtualizer.getVirtualItems()
  return (
    <div
      className={styles.frame}
      ref={frame}
      // Includes room for a scroll bar.
      style={{ height: lines.getTotalSize() + 20 }}
    >
      <div
        className={styles.sheet}
        role="grid"
        aria-label="Tasks by samples"
        aria-rowcount={rows.length + 1}
        aria-colcount={samples + 1}
        style={{ height: lines.getTotalSize(), ['--cells' as string]: `${columnVirtualizer.getTotalSize()}px` }}
      >
        <div className={styles.headings} role="row" aria-rowindex={1}>
          <span className={styles.name} role="columnheader" aria-colindex={1}>
            Task, by sample
          </span>
          <div className={styles.cells} role="presentation">
            {columns.map(({ index, start }) => (
              <span
                key={index}
                className={styles.heading}
                style={placeColumn(start)}
                role="columnheader"
                aria-colindex={index + 2}
                aria-label={`Sample ${index + 1}`}
              >
                {index + 1}
              </span>
            ))}
          </div>
        </div>
        {lines.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          return (
            row && <Line key={row.item} run={run} row={row} index={index} top={start} columns={columns} view={view} />
          )
        })}
      </div>
    </div>
  )
}

interface LineProps {
  readonly run: string
  readonly row: MatrixRow
  readonly index: number
  readonly top: number
  readonly columns: readonly VirtualItem[]
  readonly view: MatrixView
}

/** Scrolling draws the rows that come into the window, and leaves the others alone. */
const Line = memo(function Line({ run, row, index, top, columns, view }: LineProps) {
  return (
    <div className={styles.row} role="row" aria-rowindex={index + 2} style={{ transform: `translateY(${top}px)` }}>
      <TaskName row={row} />
      <div className={styles.cells} role="presentation">
        {columns.map((column) => (
          <Cell key={column.index} run={run} row={row} sample={column.index} left={column.start} view={view} />
        ))}
      </div>
    </div>
  )
})

function TaskName({ row }: { readonly row: MatrixRow }) {
  const { resolution, nearest, failure } = row
  const words = resolution === null ? '' : resolutionWords[resolution]
  return (
    <div className={styles.name} role="rowheader" aria-colindex={1} title={failure ?? words}>
      <span className={styles.task}>{nameTask(row)}</span>
      {resolution !== null && (
        <span className={styles.resolution} data-resolution={resolution}>
          {failure === null ? words : 'failed'}
          {nearest && ` · ${renderPercent(nearest.cells_right / nearest.cells)} %`}
        </span>
      )}
    </div>
  )
}

interface CellProps {
  readonly run: string
  readonly row: MatrixRow
  readonly sample: number
  readonly left: number
  readonly view: MatrixView
}

function Cell({ run, row, sample, left, view }: CellProps) {
  const mark = findMark(row.marks[sample])
  const isSelected = row.selected.includes(sample)
  const place = placeColumn(left)
  if (mark === undefined) {
    return (
      <span className={styles.place} style={place} role="gridcell" aria-colindex={sample + 2} aria-label="not recorded">
        <span className={styles.empty} />
      </span>
    )
  }
  const words = `Sample ${sample + 1} of ${nameTask(row)}: ${mark.words}${isSelected ? ', selected' : ''}`
  return (
    <span className={styles.place} style={place} role="gridcell" aria-colindex={sample + 2}>
      <Link
        to={{ page: 'sample', run, item: row.item, sample, matrix: view }}
        className={styles.cell}
        onKeyDown={moveBetweenCells}
        data-mark={mark.mark}
        data-sign={mark.sign}
        data-selected={isSelected ? '' : undefined}
        aria-label={words}
        title={words}
      />
    </span>
  )
}

function placeColumn(left: number) {
  return { left }
}

/** Arrows move through the drawn cells; scrolling draws more. */
function moveBetweenCells(event: KeyboardEvent<HTMLAnchorElement>): void {
  const steps: Record<string, readonly [number, number]> = {
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
  }
  const step = steps[event.key]
  const focused = event.currentTarget.closest('[role=gridcell]')
  if (!step || !focused || event.ctrlKey || event.metaKey || event.altKey) return
  const row = focused.closest('[role=row]')
  const line = Number(row?.getAttribute('aria-rowindex')) + step[0]
  const column = Number(focused.getAttribute('aria-colindex')) + step[1]
  const next = focused
    .closest('[role=grid]')
    ?.querySelector<HTMLAnchorElement>(`[aria-rowindex="${line}"] [aria-colindex="${column}"] a`)
  if (!next) return
  event.preventDefault()
  next.focus()
}
