import type { Grid } from '../domain/grids/grid.ts'
import { cellAt, countSymbols, cutOut, heightOf, widthOf } from './grids.ts'
import { findObjects, type GridObject, type Joining, type Objects } from './objects.ts'

const isIn = (grid: Grid, objects: Objects, label: number, y: number, x: number) =>
  y >= 0 && x >= 0 && y < heightOf(grid) && x < widthOf(grid) && objects.labels[y * widthOf(grid) + x] === label

interface Measure {
  /** A noun, or a verb phrase if the value is yes (1) or no (0). */
  readonly words: string
  readonly isYesNo?: true
  /** The body of its Python function, which takes the grid, the label of each cell, and the object's label. */
  readonly python: string
  readonly isColour?: true
  /** Tells nothing about objects that have only one colour by construction. */
  readonly needsColours?: true
  readonly of: (grid: Grid, object: GridObject, objects: Objects, label: number) => number
}

/** Measures of an object as a number; the keys are the names of the Python functions. */
export const measures: Readonly<Record<string, Measure>> = {
  cell_count: {
    words: 'number of cells',
    python: 'return int((labels == label).sum())',
    of: (_, { cells }) => cells.length,
  },
  height_of: {
    words: 'height',
    python: 'return shape_of(labels, label).shape[0]',
    of: (_, { box }) => box[2],
  },
  width_of: {
    words: 'width',
    python: 'return shape_of(labels, label).shape[1]',
    of: (_, { box }) => box[3],
  },
  is_tall_or_wide: {
    words: 'direction (1 tall, -1 wide)',
    python: 'return int(np.sign(height_of(grid, labels, label) - width_of(grid, labels, label)))',
    of: (_, { box }) => Math.sign(box[2] - box[3]),
  },
  is_single_cell: {
    words: 'is a single cell',
    isYesNo: true,
    python: 'return int(cell_count(grid, labels, label) == 1)',
    of: (_, { cells }) => Number(cells.length === 1),
  },
  touches_border: {
    words: 'touches the border',
    isYesNo: true,
    python: 'return int(label in np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))',
    of: (grid, { box: [top, left, height, width] }) =>
      Number(top === 0 || left === 0 || top + height === heightOf(grid) || left + width === widthOf(grid)),
  },
  is_full_box: {
    words: 'fills its box',
    isYesNo: true,
    python: 'return int(shape_of(labels, label).all())',
    of: (_, { cells, box }) => Number(cells.length === box[2] * box[3]),
  },
  is_symmetric: {
    words: 'is symmetric',
    isYesNo: true,
    python: `shape = shape_of(labels, label)
    return int((shape == shape[::-1]).all() or (shape == shape[:, ::-1]).all())`,
    of: (grid, object, objects, label) => {
      const shape = shapeOf(grid, object, objects, label).split('/')
      const mirrored = shape.map((row) => row.split('').reverse().join(''))
      return Number(shape.join('/') === mirrored.join('/') || shape.join('/') === [...shape].reverse().join('/'))
    },
  },
  hole_count: {
    words: 'number of holes',
    python: `shape = shape_of(labels, label)
    gaps = find_objects(shape.astype(int), "one colour")
    edge = set(gaps[0]) | set(gaps[-1]) | set(gaps[:, 0]) | set(gaps[:, -1])
    return len(set(gaps[~shape]) - edge)`,
    of: countHoles,
  },
  colour_count: {
    words: 'number of colours',
    python: 'return len(set(grid[labels == label].tolist()))',
    needsColours: true,
    of: (grid, object) => new Set(coloursOf(grid, object)).size,
  },
  main_colour: {
    words: 'main colour',
    python: 'return int(np.bincount(grid[labels == label]).argmax())',
    isColour: true,
    needsColours: true,
    of: (grid, object) => pickColour(grid, object, (a, b) => a > b),
  },
  rarest_colour: {
    words: 'rarest colour',
    python: `counts = np.bincount(grid[labels == label])
    return int(np.where(counts > 0, counts, 1000).argmin())`,
    isColour: true,
    needsColours: true,
    of: (grid, object) => pickColour(grid, object, (a, b) => a < b),
  },
  colour_around: {
    words: 'only colour beside it',
    python: `mask = labels == label
    wide = np.pad(mask, 1)
    near = (wide[:-2, 1:-1] | wide[2:, 1:-1] | wide[1:-1, :-2] | wide[1:-1, 2:]) & ~mask
    around = set(grid[near].tolist())
    return around.pop() if len(around) == 1 else -1`,
    isColour: true,
    of: colourAround,
  },
  larger_ones: {
    words: 'rank by size (0 is the largest)',
    python: `sizes = np.bincount(labels.ravel())
    return sum(int(sizes[other] > sizes[label]) for other in like(grid, labels, label))`,
    of: countLarger,
  },
  smaller_ones: {
    words: 'rank by size (0 is the smallest)',
    python: `sizes = np.bincount(labels.ravel())
    return sum(int(sizes[other] < sizes[label]) for other in like(grid, labels, label))`,
    of: countSmaller,
  },
  is_largest: {
    words: 'is the largest',
    isYesNo: true,
    python: 'return int(larger_ones(grid, labels, label) == 0)',
    of: (grid, object, objects) => Number(countLarger(grid, object, objects) === 0),
  },
  is_smallest: {
    words: 'is the smallest',
    isYesNo: true,
    python: 'return int(smaller_ones(grid, labels, label) == 0)',
    of: (grid, object, objects) => Number(countSmaller(grid, object, objects) === 0),
  },
  ones_to_the_left: {
    words: 'rank from left to right (from 0)',
    python: `left = lambda which: np.nonzero(labels == which)[1].min()
    return sum(int(left(other) < left(label)) for other in like(grid, labels, label))`,
    of: (_, { box, isBackground }, objects) => countAmong(objects, isBackground, (other) => other.box[1] < box[1]),
  },
  ones_above: {
    words: 'rank from top to bottom (from 0)',
    python: `top = lambda which: np.nonzero(labels == which)[0].min()
    return sum(int(top(other) < top(label)) for other in like(grid, labels, label))`,
    of: (_, { box, isBackground }, objects) => countAmong(objects, isBackground, (other) => other.box[0] < box[0]),
  },
  ones_of_its_shape: {
    words: 'number of objects of the shape',
    python: `shape = shape_of(labels, label)
    return sum(np.array_equal(shape_of(labels, other), shape) for other in like(grid, labels, label))`,
    of: (grid, { cells, isBackground }, objects, label) => {
      const shapes = listShapes(grid, objects)
      return countAmong(
        objects,
        isBackground,
        (other, index) => other.cells.length === cells.length && shapes[index] === shapes[label],
      )
    },
  },
}

function countLarger(_: Grid, { cells, isBackground }: GridObject, objects: Objects): number {
  return countAmong(objects, isBackground, (other) => other.cells.length > cells.length)
}

function countSmaller(_: Grid, { cells, isBackground }: GridObject, objects: Objects): number {
  return countAmong(objects, isBackground, (other) => other.cells.length < cells.length)
}

/** Measures every object of a grid, in their order. */
export function measureObjects(grid: Grid, joining: Joining, name: string): number[] {
  const objects = findObjects(grid, joining)
  const measure = measures[name]
  return objects.list.map((object, label) => measure?.of(grid, object, objects, label) ?? 0)
}

/** Compares like with like: background objects with each other, and the others with each other. */
function countAmong(
  { list }: Objects,
  isBackground: boolean,
  counts: (other: GridObject, index: number) => boolean,
): number {
  let count = 0
  for (const [index, other] of list.entries()) {
    if (other.isBackground === isBackground && counts(other, index)) count += 1
  }
  return count
}

const knownShapes = new WeakMap<Objects, readonly string[]>()

/** The shapes of all objects, drawn once, since each is compared with every other. */
function listShapes(grid: Grid, objects: Objects): readonly string[] {
  const earlier = knownShapes.get(objects)
  if (earlier) return earlier
  const shapes = objects.list.map((object, label) => shapeOf(grid, object, objects, label))
  knownShapes.set(objects, shapes)
  return shapes
}

const coloursOf = (grid: Grid, object: GridObject) =>
  object.cells.map((cell) => cellAt(grid, Math.floor(cell / widthOf(grid)), cell % widthOf(grid)))

function pickColour(grid: Grid, object: GridObject, isBetter: (a: number, b: number) => boolean): number {
  const counts = countSymbols([coloursOf(grid, object)])
  return counts.reduce((best, count, colour) => {
    if (count === 0) return best
    return best < 0 || isBetter(count, counts[best] ?? 0) ? colour : best
  }, -1)
}

/** The one colour that touches the object from outside; -1 if there are several or none. */
function colourAround(grid: Grid, object: GridObject, objects: Objects, label: number): number {
  const width = widthOf(grid)
  const around = new Set<number>()
  for (const cell of object.cells) {
    const [y, x] = [Math.floor(cell / width), cell % width]
    for (const [toY, toX] of [
      [y - 1, x],
      [y + 1, x],
      [y, x - 1],
      [y, x + 1],
    ] as const) {
      if (!isIn(grid, objects, label, toY, toX)) around.add(cellAt(grid, toY, toX))
    }
  }
  around.delete(-1)
  return around.size === 1 ? ([...around][0] ?? -1) : -1
}

function shapeOf(grid: Grid, { box }: GridObject, objects: Objects, label: number): string {
  const [top, left, height, width] = box
  let shape = ''
  for (let y = top; y < top + height; y += 1) {
    if (y > top) shape += '/'
    for (let x = left; x < left + width; x += 1) shape += isIn(grid, objects, label, y, x) ? '#' : '.'
  }
  return shape
}

function countHoles(grid: Grid, object: GridObject, objects: Objects, label: number): number {
  const [top, left, height, width] = object.box
  if (object.cells.length === height * width || height < 3 || width < 3) return 0
  const inside = cutOut(grid, object.box)?.map((row, y) =>
    row.map((_, x) => Number(isIn(grid, objects, label, top + y, left + x))),
  )
  if (!inside) return 0
  return findObjects(inside, 'one colour').list.filter(({ cells, box }) => {
    const isHole = box[0] > 0 && box[1] > 0 && box[0] + box[2] < height && box[1] + box[3] < width
    return isHole && inside[Math.floor((cells[0] ?? 0) / width)]?.[(cells[0] ?? 0) % width] === 0
  }).length
}

export const measurePython = [
  `
def shape_of(labels, label):
    """Where in its own box the object is."""
    ys, xs = np.nonzero(labels == label)
    return labels[ys.min():ys.max() + 1, xs.min():xs.max() + 1] == label`,
  `
def like(grid, labels, label):
    """Objects to compare with: background with background, the others with the others."""
    is_background = [(grid[labels == other] == background(grid)).all() for other in range(labels.max() + 1)]
    return [other for other in range(labels.max() + 1) if is_background[other] == is_background[label]]`,
  ...Object.entries(measures).map(
    ([name, { python, words, isYesNo }]) => `
def ${name}(grid, labels, label):
    """${isYesNo ? 'Whether an object' : 'Of an object: its'} ${words}."""
    ${python}`,
  ),
]
