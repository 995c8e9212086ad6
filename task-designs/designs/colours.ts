import { blank, copy, fillBox, paint, placeBoxes, scatter, squares, stamp } from '../canvas.ts'
import type { Design } from '../design.ts'
import { inks } from '../inks.ts'
import { shapes } from '../shapes.ts'

/** Colours that are exchanged, looked up, or carried from one place to another. */
export const colourDesigns: readonly Design[] = [
  {
    name: 'columns-wear-their-hats',
    split: 'evaluation',
    about: 'Every grey cell takes the colour of the hat on top of its column',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(5, 9), random.between(4, 9)]
      const hats = scatter(random, 1, width, inks)
      const crowd = scatter(random, height, width, [0, 5])
      const dressed = crowd.map((row) => row.map((symbol, x) => (symbol === 5 ? (hats[0]?.[x] ?? 0) : 0)))
      return { input: [...hats, ...blank(1, width), ...crowd], output: [...hats, ...blank(1, width), ...dressed] }
    },
  },
  {
    name: 'two-inks-trade-places',
    split: 'training',
    about: 'Two colours change places, a third stays',
    train: 2,
    test: 3,
    drawPair(random) {
      const input = scatter(random, random.between(3, 5), random.between(3, 5), [2, 4, 9])
      return { input, output: input.map((row) => row.map((symbol) => ({ 2: 9, 9: 2 })[symbol] ?? symbol)) }
    },
  },
  {
    name: 'legend-above-the-map',
    split: 'evaluation',
    about: 'Pairs of colours above the line say how to recolour the map below it, in each picture anew',
    train: 4,
    test: 2,
    drawPair(random) {
      const [a = 1, b = 2, c = 3, x = 4, y = 6, z = 7] = random.pickSome(inks, 6)
      const legend = new Map([
        [a, x],
        [b, y],
        [c, z],
      ])
      const width = 8
      const map = scatter(random, random.between(5, 8), width, [0, 0, a, b, c])
      const head = [[a, x, 0, b, y, 0, c, z], Array<number>(width).fill(5)]
      return { input: [...head, ...map], output: map.map((row) => row.map((symbol) => legend.get(symbol) ?? symbol)) }
    },
  },
  {
    name: 'shapes-find-their-colour',
    split: 'evaluation',
    about: 'Above the line three shapes show their colours; grey shapes below take the colour of their like',
    train: 3,
    test: 2,
    drawPair(random) {
      const models = random.pickSome(shapes, 3)
      const colours = random.pickSome([1, 2, 3, 4, 6, 7, 8, 9], 3)
      const [height, width] = [random.between(9, 12), 11]
      const input = blank(height + 5, width)
      fillBox(input, { top: 3, left: 0, height: 1, width }, 5)
      for (const [index, model] of models.entries()) stamp(input, { top: 0, left: 4 * index }, model, colours[index])
      const output = copy(input)
      const places = placeBoxes(random, { height, width }, squares(4, 3))
      if (places.length < 4) return null
      for (const [order, { top, left }] of places.entries()) {
        const which = order < 3 ? order : random.between(0, 2)
        stamp(input, { top: top + 5, left }, models[which] ?? [], 5)
        stamp(output, { top: top + 5, left }, models[which] ?? [], colours[which])
      }
      return { input, output }
    },
  },
  {
    name: 'stamped-at-every-dot',
    split: 'evaluation',
    about: 'The stamp in the corner is printed over every dot, in the colour of the dot',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(12, 16), random.between(12, 16)]
      const picture = scatter(random, 3, 3, [0, 5])
      paint(picture, 1, 1, 5)
      const filled = picture.flat().filter(Boolean).length
      if (filled < 4 || filled > 7) return null
      const input = blank(height, width)
      stamp(input, { top: 0, left: 0 }, picture)
      fillBox(input, { top: 3, left: 0, height: 1, width: 4 }, 8)
      fillBox(input, { top: 0, left: 3, height: 4, width: 1 }, 8)
      const output = copy(input)
      const places = placeBoxes(random, { height, width }, [[4, 4], ...squares(5, 3)])
      if (places.length < 5 || places[0]?.top !== 0 || places[0].left !== 0) return null
      for (const place of places.slice(1)) {
        const ink = random.pick([1, 2, 3, 4, 6, 7])
        paint(input, place.top + 1, place.left + 1, ink)
        stamp(output, place, picture, ink)
      }
      return { input, output }
    },
  },
]
