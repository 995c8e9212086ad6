import { Fragment, memo } from 'react'
import { cellWidth, drawMarks, rowHeight } from './draw-marks.ts'
import styles from './MarksBlock.module.css'

interface MarksBlockProps {
  readonly marks: string
  readonly selected: readonly number[]
  /** The first sample. */
  readonly from: number
  /** After the last one. */
  readonly to: number
}

/** The cells of some samples of a task, as they look. */
export const MarksBlock = memo(function MarksBlock({ marks, selected, from, to }: MarksBlockProps) {
  const { tones, missing } = drawMarks(marks, selected, from, to)
  return (
    <svg
      className={styles.block}
      width={(to - from) * cellWidth}
      height={rowHeight}
      style={{ left: from * cellWidth }}
      aria-hidden="true"
    >
      {missing !== '' && <path className={styles.missing} d={missing} />}
      {tones.map(({ tone, tiles, signs, selected: outlines }) => (
        <Fragment key={tone}>
          <path className={styles.tiles} data-tone={tone} d={tiles} />
          <path className={styles.signs} data-tone={tone} d={signs} />
          {outlines !== '' && <path className={styles.selected} data-tone={tone} d={outlines} />}
        </Fragment>
      ))}
    </svg>
  )
})
