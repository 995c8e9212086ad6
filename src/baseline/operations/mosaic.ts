import { sameGrid, type Grid } from '../../domain/grids/grid.ts'
import { backgroundOf, buildGrid, cellAt, cutOut, heightOf, widthOf } from '../grids.ts'
import { defineOperation, type Evidence } from '../operation.ts'
import { symmetryNames, turnGrid } from '../symmetries.ts'

type Layout = readonly (readonly (string | null)[])[]

/** Copies of the input side by side, each turned in its own way or left empty: tiling, mirroring, kaleidoscopes. */
export const mosaic = defineOperation<[layout: Layout]>({
  name: 'mosaic',
  python: `
def mosaic(grid, layout):
    """Copies of the grid side by side, each turned in its own way; None stays empty."""
    empty = np.full(grid.shape, background(grid))
    blocks = [[empty if how is None else turn(grid, how) for how in row] for row in layout]
    if any(block.shape != grid.shape for row in blocks for block in row):
        raise ValueError("turned copies do not fit")
    return np.block(blocks)`,
  apply: layOut,
  words: (layout) =>
    `The output is made of ${layout.length} × ${layout[0]?.length ?? 0} copies of the input; row by row: ${layout
      .map((row) => row.map((how) => how ?? 'empty').join(', '))
      .join('; ')}.`,
  cost: (layout) => 3 + layout.flat().filter((how) => how !== layout[0]?.[0]).length / 2,
  propose: learnLayout,
  examples: [
    [[['as it is', 'mirrored left to right', null]]],
    [[['as it is'], ['turned half']]],
    [[['turned left', 'turned right']]],
  ],
})

function layOut(grid: Grid, layout: Layout): Grid | null {
  const [height, width] = [heightOf(grid), widthOf(grid)]
  const empty = buildGrid(height, width, () => backgroundOf(grid))
  const blocks = layout.map((row) => row.map((how) => (how === null ? empty : turnGrid(grid, how))))
  const fits = blocks.flat().every((block) => block && heightOf(block) === height && widthOf(block) === width)
  if (!fits) return null
  return buildGrid(height * layout.length, width * (layout[0]?.length ?? 0), (y, x) => {
    const block = blocks[Math.floor(y / height)]?.[Math.floor(x / width)]
    return block ? cellAt(block, y % height, x % width) : -1
  })
}

/** For each place the first turn that fits all pairs. */
function learnLayout({ train }: Evidence): [Layout][] {
  const [first] = train
  if (!first) return []
  const down = heightOf(first.output) / heightOf(first.input)
  const across = widthOf(first.output) / widthOf(first.input)
  if (!Number.isInteger(down) || !Number.isInteger(across) || down * across < 2) return []
  const fitsAll = train.every(
    ({ input, output }) => heightOf(output) === down * heightOf(input) && widthOf(output) === across * widthOf(input),
  )
  if (!fitsAll) return []
  const layout: (string | null)[][] = []
  for (let row = 0; row < down; row += 1) {
    layout.push([])
    for (let column = 0; column < across; column += 1) {
      const how = [...symmetryNames, null].find((how) =>
        train.every(({ input, output }) => {
          const [height, width] = [heightOf(input), widthOf(input)]
          const expected = layOut(input, [[how]])
          const tile = cutOut(output, [row * height, column * width, height, width])
          return expected && tile && sameGrid(expected, tile)
        }),
      )
      if (how === undefined) return []
      layout[row]?.push(how)
    }
  }
  return [[layout]]
}
