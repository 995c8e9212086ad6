import type { Grid } from '../../../src/domain/grids/grid.ts'
import { nameSymbol, useAppearance } from '../preferences/palettes.ts'
import { describeDifference, listDifferences, overlayGrids, type ComparedCell } from './compare-grids.ts'
import { heightOf, widthOf } from './edit-grid.ts'
import { Cells, Sheet } from './GridPicture.tsx'
import styles from './OverlayPicture.module.css'

interface OverlayPictureProps {
  readonly got: Grid
  readonly other: Grid
  /** `Output, over the expected one` */
  readonly label: string
  /** The name of the other grid in a sentence: `the expected output` */
  readonly otherName: string
  readonly cell: number
}

/**
 * Two grids laid over each other. Cells that differ are split, the sample's symbol above and the other below. A cell that only
 * one grid has is beyond the edge: hatched if it is extra, an outline in the other grid's colour if it is missing.
 */
export function OverlayPicture({ got, other, label, otherName, cell }: OverlayPictureProps) {
  const { palette } = useAppearance()
  const differing = overlayGrids(got, other).filter(({ match }) => match !== 'same')
  const places = listDifferences(got, other, (symbol) => nameSymbol(symbol, palette))
  return (
    <Sheet
      rows={Math.max(heightOf(got), heightOf(other))}
      columns={Math.max(widthOf(got), widthOf(other))}
      cell={cell}
      label={`${label}. ${describeDifference(got, other, otherName)} ${places}`}
    >
      <Cells grid={got} cell={cell} />
      {/* Equal cells are dimmed. */}
      <rect className={styles.veil} width={widthOf(got) * cell + 1} height={heightOf(got) * cell + 1} />
      {differing.map((each) => (
        <Difference key={`${each.row},${each.column}`} {...each} cell={cell} />
      ))}
    </Sheet>
  )
}

function Difference({ row, column, match, got, other, cell }: ComparedCell & { readonly cell: number }) {
  const [x, y, side] = [column * cell + 0.5, row * cell + 0.5, cell]
  const square = { x: x + 0.5, y: y + 0.5, width: side - 1, height: side - 1 }
  switch (match) {
    case 'same':
      return null
    case 'differs':
      return (
        <g>
          <path className={`f${got}`} d={`M${x} ${y}h${side}l-${side} ${side}z`} />
          <path className={`f${other}`} d={`M${x + side} ${y}v${side}h-${side}z`} />
          <path className={styles.cutEdge} d={`M${x + side} ${y}l-${side} ${side}`} />
          <path className={styles.cut} d={`M${x + side} ${y}l-${side} ${side}`} />
          <rect className={styles.edge} x={x} y={y} width={side} height={side} />
        </g>
      )
    case 'extra':
      return (
        <g>
          <rect className={`f${got}`} {...square} />
          <path className={styles.cutEdge} d={hatch(x, y, side)} />
          <path className={styles.cut} d={hatch(x, y, side)} />
        </g>
      )
    case 'missing':
      return (
        <g>
          <rect className={styles.gap} {...square} />
          <rect
            className={`f${other}`}
            x={x + side * 0.3}
            y={y + side * 0.3}
            width={Math.max(1, side * 0.4)}
            height={Math.max(1, side * 0.4)}
          />
        </g>
      )
  }
}

const hatch = (x: number, y: number, side: number) =>
  `M${x} ${y + side / 2}l${side / 2} -${side / 2}M${x} ${y + side}l${side} -${side}M${x + side / 2} ${y + side}l${side / 2} -${side / 2}`
