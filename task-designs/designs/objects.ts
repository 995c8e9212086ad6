import type { Grid } from '../../src/domain/grids/grid.ts'
import {
  at,
  blank,
  copy,
  fillBox,
  frameBox,
  paint,
  placeBoxes,
  sizeOf,
  squares,
  stamp,
  type Box,
  type Size,
} from '../canvas.ts'
import type { Design } from '../design.ts'
import { inks } from '../inks.ts'
import { shapes } from '../shapes.ts'

/** Things, told apart by size, shape, place and what lies on what. */
export const objectDesigns: readonly Design[] = [
  {
    name: 'a-halo-around-every-dot',
    split: 'training',
    about: 'Every red dot gets a yellow halo; dots of other colours do not',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(9, 13), random.between(9, 13)]
      const places = placeBoxes(random, { height, width }, squares(6, 3))
      const input = blank(height, width)
      const output = copy(input)
      for (const [index, place] of places.entries()) {
        const dot = index < 3 ? 2 : random.pick([1, 3])
        if (dot === 2) fillBox(output, place, 4)
        for (const canvas of [input, output]) paint(canvas, place.top + 1, place.left + 1, dot)
      }
      return { input, output }
    },
  },
  {
    name: 'plates-become-rings',
    split: 'evaluation',
    about: 'Of every plate only the rim is left',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(11, 15), random.between(11, 15)]
      const sizes = Array.from({ length: 4 }, (): Size => [random.between(3, 6), random.between(3, 6)])
      const input = blank(height, width)
      const output = copy(input)
      const plates = placeBoxes(random, { height, width }, sizes)
      if (plates.length < 3) return null
      for (const box of plates) {
        const ink = random.pick(inks)
        fillBox(input, box, ink)
        frameBox(output, box, ink)
      }
      return { input, output }
    },
  },
  {
    name: 'largest-sheep-is-marked',
    split: 'training',
    about: 'The largest block of the flock is marked in another colour',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(11, 14), random.between(11, 14)]
      const sizes = [
        [4, 4],
        ...random.pickSome(
          [
            [2, 3],
            [3, 2],
            [1, 4],
            [2, 2],
            [3, 3],
          ],
          3,
        ),
      ] as [number, number][]
      const boxes = placeBoxes(random, { height, width }, sizes)
      const input = blank(height, width)
      const output = copy(input)
      for (const [index, box] of boxes.entries()) {
        fillBox(input, box, 7)
        fillBox(output, box, index === 0 ? 2 : 7)
      }
      return { input, output }
    },
  },
  {
    name: 'blocks-cast-shadows',
    split: 'evaluation',
    about: 'Light from the upper left: each block casts a shadow one cell down and to the right',
    train: 3,
    test: 2,
    drawPair(random) {
      const [height, width] = [random.between(10, 13), random.between(10, 13)]
      const boxes = placeBoxes(random, { height: height - 2, width: width - 2 }, [
        [3, 3],
        [2, 4],
        [2, 2],
      ])
      const input = blank(height, width)
      const output = copy(input)
      for (const box of boxes) fillBox(output, { ...box, top: box.top + 1, left: box.left + 1 }, 5)
      for (const box of boxes) for (const canvas of [input, output]) fillBox(canvas, box, 3)
      return { input, output }
    },
  },
  {
    name: 'giant-and-dwarf-trade-coats',
    split: 'evaluation',
    about: 'The largest and the smallest block exchange their colours',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(11, 14), random.between(11, 14)]
      const boxes = placeBoxes(random, { height, width }, [
        [4, 5],
        [3, 3],
        [2, 3],
        [3, 4],
        [1, 2],
      ])
      if (boxes.length < 5) return null
      const coats = random.pickSome(inks, 5)
      const [giant = 1, , , , dwarf = 2] = coats
      const input = blank(height, width)
      const output = copy(input)
      for (const [index, box] of boxes.entries()) {
        const coat = coats[index] ?? 0
        fillBox(input, box, coat)
        fillBox(output, box, coat === giant ? dwarf : coat === dwarf ? giant : coat)
      }
      return { input, output }
    },
  },
  {
    name: 'medals-by-size',
    split: 'evaluation',
    about: 'The largest block wins yellow, the second grey, the third orange; the others go home as they came',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(11, 14), random.between(12, 15)]
      const sizes = random.pickSome<Size>(
        [
          [5, 4],
          [4, 4],
          [3, 5],
          [4, 3],
          [3, 3],
          [2, 4],
          [2, 3],
          [2, 2],
          [1, 3],
          [1, 2],
        ],
        5,
      )
      const boxes = placeBoxes(random, { height, width }, sizes)
      if (boxes.length < 5) return null
      const input = blank(height, width)
      const output = copy(input)
      const ranked = boxes.toSorted((a, b) => b.height * b.width - a.height * a.width)
      for (const [rank, box] of ranked.entries()) {
        fillBox(input, box, 1)
        fillBox(output, box, [4, 5, 7][rank] ?? 1)
      }
      return { input, output }
    },
  },
  {
    name: 'only-twins-dress-up',
    split: 'evaluation',
    about: 'Shapes that occur twice put on red; a shape without a twin stays grey',
    train: 3,
    test: 2,
    drawPair(random, index) {
      const [height, width] = [random.between(12, 15), random.between(12, 15)]
      const [first = [], second = [], ...loners] = random.pickSome(shapes, 5)
      const twins = index % 2 === 0 ? [first, first] : [first, first, second, second]
      const group = [...twins, ...(index % 2 === 0 ? loners : loners.slice(0, 2))]
      const boxes = placeBoxes(random, { height, width }, group.map(sizeOf))
      if (boxes.length < group.length) return null
      const input = blank(height, width)
      const output = copy(input)
      for (const [order, box] of boxes.entries()) {
        stamp(input, box, group[order] ?? [], 5)
        stamp(output, box, group[order] ?? [], order < twins.length ? 2 : 5)
      }
      return { input, output }
    },
  },
  {
    name: 'who-touches-the-edge-falls-off',
    split: 'training',
    about: 'Blocks that touch the edge of the table fall off; the others stay',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(10, 13), random.between(10, 13)]
      const sizes = Array.from({ length: 6 }, (): Size => [random.between(1, 3), random.between(2, 4)])
      const boxes = placeBoxes(random, { height, width }, sizes)
      const isSafe = (box: Box) =>
        box.top > 0 && box.left > 0 && box.top + box.height < height && box.left + box.width < width
      const safe = boxes.filter(isSafe).length
      if (safe < 2 || boxes.length - safe < 2) return null
      const input = blank(height, width)
      const output = copy(input)
      for (const box of boxes) {
        const ink = random.pick(inks)
        fillBox(input, box, ink)
        if (isSafe(box)) fillBox(output, box, ink)
      }
      return { input, output }
    },
  },
  {
    name: 'dust-is-wiped-off',
    split: 'training',
    about: 'Single grains of dust lie on the table and on the plates; both come clean',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(12, 16), random.between(12, 16)]
      const plates = placeBoxes(random, { height, width }, [
        [5, 6],
        [4, 4],
        [3, 5],
      ])
      const grains = placeBoxes(random, { height, width }, squares(16, 1))
      const output = blank(height, width)
      for (const plate of plates) fillBox(output, plate, random.pick([1, 2, 3, 8]))
      const input = copy(output)
      for (const { top, left } of grains) paint(input, top, left, random.pick([4, 6, 7, 9]))
      return { input, output }
    },
  },
  {
    name: 'from-the-top-sheet-down',
    split: 'evaluation',
    about: 'Sheets of paper lie on each other: list their colours, the topmost first',
    train: 4,
    test: 2,
    drawPair(random, index) {
      const [height, width] = [random.between(11, 15), random.between(11, 15)]
      const sheets = random.pickSome(inks, [3, 4, 3, 5, 4, 5][index] ?? 3).map((ink) => {
        const [tall, wide] = [random.between(4, 7), random.between(4, 7)]
        const corner = { top: random.between(0, height - tall), left: random.between(0, width - wide) }
        return { ink, ...corner, height: tall, width: wide }
      })
      const input = blank(height, width)
      for (const sheet of sheets) fillBox(input, sheet, sheet.ink)
      const fromTop = sheets.toReversed()
      return fromTop.every((sheet, order) => showsItsPlace(input, sheet, fromTop[order + 1]))
        ? { input, output: fromTop.map(({ ink }) => [ink]) }
        : null
    },
  },
]

type Sheet = Box & { readonly ink: number }

/** Whether a sheet's whole outline can be told from what is seen of it, and that it lies on the one below it. */
function showsItsPlace(pile: Grid, sheet: Sheet, below: Sheet | undefined): boolean {
  const [ys, xs] = [new Set<number>(), new Set<number>()]
  let [covers, shows] = [below === undefined, 0]
  for (let y = sheet.top; y < sheet.top + sheet.height; y += 1) {
    for (let x = sheet.left; x < sheet.left + sheet.width; x += 1) {
      if (at(pile, y, x) !== sheet.ink) continue
      ys.add(y)
      xs.add(x)
      shows += 1
      if (below && y >= below.top && y < below.top + below.height && x >= below.left && x < below.left + below.width) {
        covers = true
      }
    }
  }
  return covers && ys.size === sheet.height && xs.size === sheet.width && shows >= 6
}
