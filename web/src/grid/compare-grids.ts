import type { Grid } from '../../../src/domain/grids/grid.ts'
import { heightOf, widthOf } from './edit-grid.ts'
import { renderSize } from './SizedGrid.tsx'

/** What two grids hold in one place; `missing` and `extra` if only one of them reaches it. */
type CellMatch = 'same' | 'differs' | 'extra' | 'missing'

export interface ComparedCell {
  readonly row: number
  readonly column: number
  readonly match: CellMatch
  /** Undefined where a grid does not reach. */
  readonly got: number | undefined
  readonly other: number | undefined
}

/**
 * Lays two grids over each other, both from the upper left, so that differences of size show too. Places outside both are
 * omitted.
 */
export function overlayGrids(got: Grid, other: Grid): ComparedCell[] {
  const [rows, columns] = [Math.max(heightOf(got), heightOf(other)), Math.max(widthOf(got), widthOf(other))]
  return Array.from({ length: rows * columns }, (_, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns]
    const [mine, its] = [got[row]?.[column], other[row]?.[column]]
    return { row, column, match: matchCell(mine, its), got: mine, other: its }
  }).filter((cell) => cell.got !== undefined || cell.other !== undefined)
}

function matchCell(got: number | undefined, other: number | undefined): CellMatch {
  if (got === other) return 'same'
  if (got === undefined) return 'missing'
  return other === undefined ? 'extra' : 'differs'
}

/** @param otherName the name of the other grid: `the expected output` */
export function describeDifference(got: Grid, other: Grid, otherName: string): string {
  const size = renderSize(got)
  if (size !== renderSize(other)) return `${size}; ${otherName} is ${renderSize(other)}.`
  const differing = overlayGrids(got, other).filter(({ match }) => match !== 'same').length
  const all = heightOf(got) * widthOf(got)
  if (differing === 0) return `The same as ${otherName}.`
  return `${differing} of ${all} ${all === 1 ? 'cell' : 'cells'} ${differing === 1 ? 'differs' : 'differ'} from ${otherName}.`
}

/** Lists the differing places, for screen readers. */
export function listDifferences(got: Grid, other: Grid, name: (symbol: number) => string): string {
  const cells = overlayGrids(got, other).filter(({ match }) => match !== 'same')
  const words = cells.slice(0, maxNamed).map(({ row, column, match, got: mine, other: its }) => {
    const place = `row ${row + 1}, column ${column + 1}`
    if (match === 'missing') return `${place}: missing ${name(its ?? 0)}`
    if (match === 'extra') return `${place}: extra ${name(mine ?? 0)}`
    return `${place}: ${name(mine ?? 0)} instead of ${name(its ?? 0)}`
  })
  const more = cells.length > maxNamed ? [`and ${cells.length - maxNamed} more`] : []
  return [...words, ...more].join('; ')
}

const maxNamed = 12
