import type { Grid } from '../../../src/domain/grids/grid.ts'
import { Blink } from './Blink.tsx'
import { describeDifference } from './compare-grids.ts'
import styles from './GridDifference.module.css'
import { GridPicture } from './GridPicture.tsx'
import { OverlayPicture } from './OverlayPicture.tsx'
import { TitledGrid } from './TitledGrid.tsx'

interface GridDifferenceProps {
  readonly got: Grid
  readonly other: Grid
  /** `Output` and `Expected`, above the grids. */
  readonly gotTitle: string
  readonly otherTitle: string
  /** In a sentence: `the expected output`. */
  readonly otherName: string
  readonly mode: 'overlay' | 'side' | 'blink'
  readonly cell: number
}

/** A grid and the one it is compared with, with the difference in words below. */
export function GridDifference(props: GridDifferenceProps) {
  const { got, other, gotTitle, otherTitle, otherName, mode, cell } = props
  return (
    <div className={styles.difference}>
      <div className={styles.grids}>
        {mode === 'side' && (
          <TitledGrid title={otherTitle} size={other}>
            <GridPicture grid={other} label={otherTitle} cell={cell} />
          </TitledGrid>
        )}
        {mode === 'side' && (
          <TitledGrid title={gotTitle} size={got}>
            <GridPicture grid={got} label={gotTitle} cell={cell} differsFrom={other} />
          </TitledGrid>
        )}
        {mode === 'overlay' && (
          <TitledGrid title={`${gotTitle} over ${otherTitle.toLowerCase()}`}>
            <OverlayPicture
              got={got}
              other={other}
              label={`${gotTitle} over ${otherTitle.toLowerCase()}`}
              otherName={otherName}
              cell={cell}
            />
          </TitledGrid>
        )}
        {mode === 'blink' && <Blink got={got} other={other} gotTitle={gotTitle} otherTitle={otherTitle} cell={cell} />}
      </div>
      <p className="hint">{describeDifference(got, other, otherName)}</p>
    </div>
  )
}
