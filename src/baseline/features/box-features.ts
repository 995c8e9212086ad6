import type { Grid } from '../../domain/grid.ts'
import { cellAt, heightOf, widthOf, type Box } from '../grids.ts'
import { measureObjects } from '../measures.ts'
import { findObjects, type Joining } from '../objects.ts'
import { computeCells, type Feature, type FeatureFamily } from './feature.ts'

type Look = (grid: Grid, y: number, x: number, box: Box, colour: number) => number

const kinds: Readonly<Record<string, readonly [words: string, isColour: boolean, look: Look]>> = {
  colour: ['the main colour of the smallest box of an object around it', true, (_grid, _y, _x, _box, colour) => colour],
  ring: [
    'how deep it lies in the smallest box of an object around it',
    false,
    (_, y, x, [top, left, height, width]) => Math.min(y - top, x - left, top + height - 1 - y, left + width - 1 - x),
  ],
  'left to right': [
    'the cell opposite it, left to right, in the smallest box of an object around it',
    true,
    (grid, y, x, [, left, , width]) => cellAt(grid, y, 2 * left + width - 1 - x),
  ],
  'top to bottom': [
    'the cell opposite it, top to bottom, in the smallest box of an object around it',
    true,
    (grid, y, x, [top, , height]) => cellAt(grid, 2 * top + height - 1 - y, x),
  ],
}

/** Where each cell lies in the smallest box of an object around it, and what is opposite it there. */
export const boxFeatures: FeatureFamily = {
  python: `
def in_box(grid, joining, what):
    """Where each cell lies in the smallest box of an object around it; -1 where there is none."""
    labels = find_objects(grid, joining)
    values = np.full(grid.shape, -1)
    smallest = np.full(grid.shape, grid.size + 1)
    for label in range(labels.max() + 1):
        ys, xs = np.nonzero(labels == label)
        if grid[ys[0], xs[0]] == background(grid):
            continue
        box = np.s_[ys.min():ys.max() + 1, xs.min():xs.max() + 1]
        part = grid[box]
        y, x = np.indices(part.shape)
        value = {
            "colour": np.full(part.shape, main_colour(grid, labels, label)),
            "ring": np.minimum(np.minimum(y, x), np.minimum(part.shape[0] - 1 - y, part.shape[1] - 1 - x)),
            "left to right": part[:, ::-1],
            "top to bottom": part[::-1],
        }[what]
        closer = part.size < smallest[box]
        values[box] = np.where(closer, value, values[box])
        smallest[box] = np.where(closer, part.size, smallest[box])
    return values`,
  features: (['one colour', 'any colour, diagonally'] as const).flatMap((joining, far) =>
    Object.entries(kinds).map(([what, [words, isColour, look]]): Feature => ({
      call: `in_box(grid, ${JSON.stringify(joining)}, ${JSON.stringify(what)})`,
      words: `${words} (touching cells of ${joining})`,
      cost: 2 + far / 2,
      isColour,
      hasNone: true,
      compute: (grid) => lookInBoxes(grid, joining, look),
    })),
  ),
}

function lookInBoxes(grid: Grid, joining: Joining, look: Look): Int16Array {
  const objects = findObjects(grid, joining)
  const colours = measureObjects(grid, joining, 'main_colour')
  const chosen = new Int16Array(heightOf(grid) * widthOf(grid)).fill(-1)
  const areas = new Int16Array(chosen.length).fill(2000)
  for (const [label, { isBackground, box }] of objects.list.entries()) {
    const [top, left, height, width] = box
    if (isBackground) continue
    for (let y = top; y < top + height; y += 1) {
      for (let x = left; x < left + width; x += 1) {
        const cell = y * widthOf(grid) + x
        if (height * width >= (areas[cell] ?? 0)) continue
        areas[cell] = height * width
        chosen[cell] = label
      }
    }
  }
  return computeCells(grid, (y, x) => {
    const label = chosen[y * widthOf(grid) + x] ?? -1
    const object = objects.list[label]
    return object ? look(grid, y, x, object.box, colours[label] ?? -1) : -1
  })
}
