import type { VirtualItem } from '@tanstack/react-virtual'
import { memo } from 'react'
import { count } from '../../../../src/domain/count.ts'
import { nameTask, renderPercent } from '../../../../src/domain/format.ts'
import { markLetters } from '../../../../src/domain/results/sample-mark.ts'
import { Link } from '../../address/Link.tsx'
import type { MatrixView } from '../../address/run-views.ts'
import { currentSource } from '../../data/source.ts'
import type { MatrixRow } from '../../parts/arrange-rows.ts'
import { blockSize, cellWidth } from './draw-marks.ts'
import { findMark, resolutionWords } from './mark-words.ts'
import { MarksBlock } from './MarksBlock.tsx'
import styles from './MatrixLine.module.css'
import { hasSample } from './move-cursor.ts'

interface MatrixLineProps {
  readonly run: string
  readonly row: MatrixRow
  readonly index: number
  readonly top: number
  readonly samples: number
  /** Blocks of columns near the window. */
  readonly blocks: readonly VirtualItem[]
  readonly view: MatrixView
  /** The sample in this row that the keyboard is at. */
  readonly cursor: number | undefined
  /** The sample in this row under the pointer. */
  readonly hovered: number | undefined
}

/**
 * A task's row: its name, all its cells as one drawing, and over it links for the cells under the pointer and the keyboard. An
 * element for each cell would cost more than a frame's time, four rows a frame.
 */
export const MatrixLine = memo(function MatrixLine(props: MatrixLineProps) {
  const { run, row, index, top, samples, blocks, view, cursor, hovered } = props
  const links = [...new Set([cursor, hovered])]
    .filter((sample) => sample !== undefined)
    .filter((sample) => hasSample(row, sample))
  return (
    <div
      className={styles.line}
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      style={{ transform: `translateY(${top}px)` }}
    >
      <TaskName run={run} row={row} view={view} />
      <div className={styles.cells} role="presentation" data-cells="">
        {blocks.map((block) => {
          const from = block.index * blockSize
          const to = Math.min(samples, from + blockSize)
          return <MarksBlock key={block.index} marks={row.marks} selected={row.selected} from={from} to={to} />
        })}
        {links.map((sample) => (
          <CellLink key={sample} run={run} row={row} sample={sample} view={view} isCursor={sample === cursor} />
        ))}
      </div>
    </div>
  )
})

interface TaskNameProps {
  readonly run: string
  readonly row: MatrixRow
  readonly view: MatrixView
}

function TaskName({ run, row, view }: TaskNameProps) {
  const { resolution, nearest, failure } = row
  const words = resolution === null ? '' : resolutionWords[resolution]
  const share = nearest ? ` · ${renderPercent(nearest.cells_right / nearest.cells)} %` : ''
  const sample = row.selected[0] ?? 0
  // The page of a failed task says why, and shows what had come of its broken streams. A written site holds records alone.
  const canExplain = failure !== null && currentSource().isLive
  return (
    <div
      className={styles.name}
      role="rowheader"
      aria-colindex={1}
      aria-label={[nameTask(row), (failure ?? words) + share, ...describeMarks(row)].filter(Boolean).join(', ')}
      title={failure ?? words}
    >
      {hasSample(row, sample) || canExplain ? (
        // Not a stop in the tab order where the keyboard reaches the same sample by its cell.
        <Link
          to={{ page: 'sample', run, item: row.item, sample, matrix: view }}
          className={styles.task}
          tabIndex={hasSample(row, sample) ? -1 : 0}
        >
          {nameTask(row)}
        </Link>
      ) : (
        <span className={styles.task}>{nameTask(row)}</span>
      )}
      {resolution !== null && (
        <span className={styles.resolution} data-resolution={resolution}>
          {(failure === null ? words : 'failed') + share}
        </span>
      )}
    </div>
  )
}

/** What the drawing shows, for those who cannot see it. */
function describeMarks({ marks, selected }: MatrixRow): string[] {
  if (marks === '') return []
  const right = marks.split(markLetters.right).length - 1
  const attempts = selected.map((sample) => `sample ${sample + 1} (${findMark(marks[sample])?.words})`)
  const chosen = attempts.length > 0 ? [`selected: ${attempts.join(', ')}`] : []
  return [`${right} of ${count(marks.length, 'sample')} right`, ...chosen]
}

interface CellLinkProps extends TaskNameProps {
  readonly sample: number
  readonly isCursor: boolean
}

function CellLink({ run, row, sample, view, isCursor }: CellLinkProps) {
  const isSelected = row.selected.includes(sample)
  const mark = findMark(row.marks[sample])?.words ?? 'unknown'
  const words = `Sample ${sample + 1} of ${nameTask(row)}: ${mark}${isSelected ? ', selected' : ''}`
  return (
    <span
      className={styles.place}
      style={{ left: sample * cellWidth }}
      role="gridcell"
      aria-colindex={sample + 2}
      data-sample={sample}
    >
      <Link
        to={{ page: 'sample', run, item: row.item, sample, matrix: view }}
        className={styles.cell}
        tabIndex={isCursor ? 0 : -1}
        aria-label={words}
        title={words}
      />
    </span>
  )
}
