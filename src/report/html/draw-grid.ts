import type { Grid } from '../../domain/grids/grid.ts'
import { html, type Html } from './html.ts'

/** The colours of symbols 0 to 9 on ARC's own page. */
const colours = ['#000', '#0074d9', '#ff4136', '#2ecc40', '#ffdc00', '#aaa', '#f012be', '#ff851b', '#7fdbff', '#870c25']

/**
 * A grid as a picture.
 *
 * @param expected if given, cells that differ are crossed out, so that colour is not the only sign
 */
export function drawGrid(grid: Grid, name: string, expected?: Grid): Html {
  const width = grid[0]?.length ?? 0
  const cells = grid.flatMap((row, y) => row.map((symbol, x) => ({ x, y, symbol })))
  const sameSize = expected?.length === grid.length && expected[0]?.length === width
  const wrongCells = sameSize ? cells.filter(({ x, y, symbol }) => expected[y]?.[x] !== symbol) : []
  return html`<svg viewBox="0 0 ${width} ${grid.length}" role="img" aria-label="${name}" shape-rendering="crispEdges">
    <rect width="${width}" height="${grid.length}" fill="${colours[0] ?? ''}" />
    ${cells
      .filter(({ symbol }) => symbol !== 0)
      .map(({ x, y, symbol }) => html`<rect x="${x}" y="${y}" width="1" height="1" fill="${colours[symbol] ?? ''}" />`)}
    <path d="${gridLines(width, grid.length)}" stroke="#777" stroke-width=".04" />
    <g stroke-linecap="round">${drawCrosses(wrongCells, '#000', 0.3)} ${drawCrosses(wrongCells, '#fff', 0.15)}</g>
  </svg>`
}

function drawCrosses(
  cells: readonly { readonly x: number; readonly y: number }[],
  colour: string,
  width: number,
): Html {
  const crosses = cells.map(({ x, y }) => `M${x + 0.25} ${y + 0.25}l.5 .5m0-.5l-.5 .5`).join('')
  return html`<path d="${crosses}" stroke="${colour}" stroke-width="${width}" />`
}

function gridLines(width: number, height: number): string {
  const down = Array.from({ length: width + 1 }, (_, x) => `M${x} 0v${height}`)
  const across = Array.from({ length: height + 1 }, (_, y) => `M0 ${y}h${width}`)
  return [...down, ...across].join('')
}
