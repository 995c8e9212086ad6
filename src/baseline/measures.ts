import type { Grid } from '../domain/grid.ts'
import { cellAt, countSymbols, cutOut, heightOf, widthOf } from './grids.ts'
import { findObjects, type GridObject, type Joining, type Objects } from './objects.ts'

type Measure = (grid: Grid, object: GridObject, objects: Objects, label: number) => number

const sideOf = (object: GridObject, side: 2 | 3) => object.box[side]
const isIn = (grid: Grid, objects: Objects, label: number, y: number, x: number) =>
  y >= 0 && x >= 0 && y < heightOf(grid) && x < widthOf(grid) && objects.labels[y * widthOf(grid) + x] === label

/** What can be said of an object by a number. Programs use the same names. */
export const measures: Readonly<Record<string, Measure>> = {
  size: (_, object) => object.cells.length,
  height: (_, object) => sideOf(object, 2),
  width: (_, object) => sideOf(object, 3),
  'touches the border': (grid, { box: [top, left, height, width] }) =>
    Number(top === 0 || left === 0 || top + height === heightOf(grid) || left + width === widthOf(grid)),
  'is a full box': (_, object) => Number(object.cells.length === sideOf(object, 2) * sideOf(object, 3)),
  holes: countHoles,
  colours: (grid, object) => new Set(coloursOf(grid, object)).size,
  'main colour': (grid, object) => pickColour(grid, object, (a, b) => a > b),
  'rarest colour': (grid, object) => pickColour(grid, object, (a, b) => a < b),
  'colour around': colourAround,
  'is symmetric': (grid, object, objects, label) => {
    const shape = shapeOf(grid, object, objects, label).split('/')
    const mirrored = shape.map((row) => row.split('').reverse().join(''))
    return Number(shape.join('/') === mirrored.join('/') || shape.join('/') === [...shape].reverse().join('/'))
  },
  'larger ones': (_, { cells, isBackground }, objects) =>
    countAmong(objects, isBackground, (other) => other.cells.length > cells.length),
  'smaller ones': (_, { cells, isBackground }, objects) =>
    countAmong(objects, isBackground, (other) => other.cells.length < cells.length),
  'ones to the left': (_, { box, isBackground }, objects) =>
    countAmong(objects, isBackground, (other) => other.box[1] < box[1]),
  'ones above': (_, { box, isBackground }, objects) =>
    countAmong(objects, isBackground, (other) => other.box[0] < box[0]),
  'ones of its shape': (grid, { cells, isBackground }, objects, label) => {
    const shapes = listShapes(grid, objects)
    return countAmong(
      objects,
      isBackground,
      (other, index) => other.cells.length === cells.length && shapes[index] === shapes[label],
    )
  },
}

/** Measures every object of a grid, in their order. */
export function measureObjects(grid: Grid, joining: Joining, name: string): number[] {
  const objects = findObjects(grid, joining)
  const measure = measures[name]
  return objects.list.map((object, label) => measure?.(grid, object, objects, label) ?? 0)
}

/** Objects are compared with their like: background with background, the others with the others. */
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

/** The shapes of all objects, drawn once: each is compared with every other. */
function listShapes(grid: Grid, objects: Objects): readonly string[] {
  const known = knownShapes.get(objects)
  if (known) return known
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

/** The one colour that touches the object from outside; -1 when there are several or none. */
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

export const measurePython = `
def measure(grid, labels, label, name):
    """What can be said of one object by a number."""
    mask = labels == label
    ys, xs = np.nonzero(mask)
    shape = mask[ys.min():ys.max() + 1, xs.min():xs.max() + 1]
    counts = np.bincount(grid[mask], minlength=10)
    is_background = grid[ys[0], xs[0]] == background(grid)
    if name == "size":
        return len(ys)
    if name == "height":
        return shape.shape[0]
    if name == "width":
        return shape.shape[1]
    if name == "touches the border":
        return int(ys.min() == 0 or xs.min() == 0 or ys.max() == grid.shape[0] - 1 or xs.max() == grid.shape[1] - 1)
    if name == "is a full box":
        return int(shape.all())
    if name == "holes":
        gaps = find_objects(shape.astype(int), "one colour")
        edge = set(gaps[0]) | set(gaps[-1]) | set(gaps[:, 0]) | set(gaps[:, -1])
        return len(set(gaps[~shape]) - edge)
    if name == "colours":
        return int((counts > 0).sum())
    if name == "main colour":
        return int(counts.argmax())
    if name == "rarest colour":
        return int(np.where(counts > 0, counts, 1000).argmin())
    if name == "colour around":
        wide = np.pad(mask, 1)
        near = (wide[:-2, 1:-1] | wide[2:, 1:-1] | wide[1:-1, :-2] | wide[1:-1, 2:]) & ~mask
        around = set(grid[near].tolist())
        return around.pop() if len(around) == 1 else -1
    if name == "is symmetric":
        return int((shape == shape[::-1]).all() or (shape == shape[:, ::-1]).all())
    others = []
    for other in range(labels.max() + 1):
        oy, ox = np.nonzero(labels == other)
        if (grid[oy[0], ox[0]] == background(grid)) == is_background:
            others.append((oy, ox))
    if name == "larger ones":
        return sum(len(oy) > len(ys) for oy, ox in others)
    if name == "smaller ones":
        return sum(len(oy) < len(ys) for oy, ox in others)
    if name == "ones to the left":
        return sum(ox.min() < xs.min() for oy, ox in others)
    if name == "ones above":
        return sum(oy.min() < ys.min() for oy, ox in others)
    if name == "ones of its shape":
        own = set(zip(ys - ys.min(), xs - xs.min()))
        return sum(set(zip(oy - oy.min(), ox - ox.min())) == own for oy, ox in others)`
