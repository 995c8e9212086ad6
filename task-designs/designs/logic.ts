import { at, blank, copy, joinPanels, scatter } from '../canvas.ts'
import type { Design } from '../design.ts'
import { inks } from '../inks.ts'

/** Both, either, most, all: rules that say where something holds. */
export const logicDesigns: readonly Design[] = [
  {
    name: 'two-films-on-one-sheet',
    split: 'training',
    about: 'Two films are laid over each other, the right one on top',
    train: 3,
    test: 2,
    drawPair(random) {
      const [height, width] = [random.between(3, 6), random.between(3, 6)]
      const [left, right] = [1, 4].map((ink) => scatter(random, height, width, [0, ink]))
      if (!left || !right) return null
      const output = left.map((row, y) => row.map((symbol, x) => at(right, y, x) || symbol))
      return { input: joinPanels([left, right], 9), output }
    },
  },
  {
    name: 'seen-through-both-windows',
    split: 'training',
    about: 'Of two windows side by side, what both show',
    train: 4,
    test: 1,
    drawPair(random) {
      const [height, width] = [5, 4]
      const [left, right] = [6, 7].map((ink) => scatter(random, height, width, [0, ink]))
      const input = blank(height, 0).map((_, y) => [...(left?.[y] ?? []), 5, ...(right?.[y] ?? [])])
      const output = blank(height, width).map((row, y) =>
        row.map((_, x) => (left?.[y]?.[x] && right?.[y]?.[x] ? 4 : 0)),
      )
      return { input, output }
    },
  },
  {
    name: 'two-witnesses-are-enough',
    split: 'training',
    about: 'Three windows show one scene, each with faults: what at least two of them show is true',
    train: 3,
    test: 1,
    drawPair(random) {
      const side = random.between(4, 5)
      const windows = [1, 2, 3].map((ink) => scatter(random, side, side, [0, ink]))
      const output = blank(side, side).map((row, y) =>
        row.map((_, x) => (windows.filter((window) => at(window, y, x) > 0).length >= 2 ? 8 : 0)),
      )
      return { input: joinPanels(windows, 5), output }
    },
  },
  {
    name: 'the-line-decides',
    split: 'evaluation',
    about: 'A red line shows what both panels have, a green one what either has, a blue one what only one has',
    train: 5,
    test: 3,
    drawPair(random, index) {
      const line = [2, 3, 1, 2, 1, 3, 1, 2][index] ?? 2
      const [height, width] = [random.between(4, 6), random.between(3, 5)]
      const panels = [0, 1].map(() => scatter(random, height, width, [0, 7]))
      const output = blank(height, width).map((row, y) =>
        row.map((_, x) => {
          const count = panels.filter((panel) => at(panel, y, x) > 0).length
          const holds = line === 2 ? count === 2 : line === 3 ? count > 0 : count === 1
          return holds ? line : 0
        }),
      )
      return { input: joinPanels(panels, line), output }
    },
  },
  {
    name: 'where-equal-marks-meet',
    split: 'training',
    about: 'A cell is coloured where the mark of its row and the mark of its column are the same',
    train: 3,
    test: 1,
    drawPair(random) {
      const [above] = scatter(random, 1, random.between(6, 10), [0, 1, 2, 4, 6])
      const [aside] = scatter(random, 1, random.between(6, 10), [0, 1, 2, 4, 6])
      const draw = (cell: (row: number, column: number) => number) => [
        [0, ...(above ?? [])],
        ...(aside ?? []).map((row) => [row, ...(above ?? []).map((column) => cell(row, column))]),
      ]
      return { input: draw(() => 0), output: draw((row, column) => (row === column ? row : 0)) }
    },
  },
  {
    name: 'two-hands-of-cards',
    split: 'evaluation',
    about: 'Two piles are shuffled into one: a card from the left, a card from the right, and so on',
    train: 3,
    test: 1,
    drawPair(random) {
      const [count, width] = [random.between(3, 6), random.between(3, 5)]
      const [left, right] = [0, 1].map(() =>
        blank(count, 0).map(() => {
          const [back = 1, mark = 2] = random.pickSome(inks, 2)
          return Array.from({ length: width }, (_, x) => (x === width - 2 ? mark : back))
        }),
      )
      if (!left || !right) return null
      return { input: joinPanels([left, right], 0), output: left.flatMap((card, y) => [card, right[y] ?? card]) }
    },
  },
  {
    name: 'once-in-each-row-and-column',
    split: 'evaluation',
    about: 'Gaps are filled so that each colour stands once in every row and once in every column',
    train: 3,
    test: 2,
    drawPair(random, index) {
      const side = [4, 5, 5, 5, 6][index] ?? 4
      const places = [0, 1, 2, 3, 4, 5].slice(0, side)
      const colours = random.pickSome(inks, side)
      const [rows, columns] = [random.pickSome(places, side), random.pickSome(places, side)]
      const output = rows.map((row) => columns.map((column) => colours[(row + column) % side] ?? 0))
      const input = output.map((row) => row.map((symbol) => (random.between(0, 9) < 5 ? 0 : symbol)))
      return followsStepByStep(input, colours) ? { input, output } : null
    },
  },
  {
    name: 'the-colony-next-morning',
    split: 'evaluation',
    about: 'Conway’s game of life, one step: two or three neighbours keep a cell alive, three bring one to life',
    train: 4,
    test: 1,
    drawPair(random) {
      const input = scatter(random, random.between(7, 10), random.between(7, 10), [0, 0, 3])
      const output = input.map((row, y) =>
        row.map((symbol, x) => {
          const around = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => at(input, y + down, x + right)))
          const neighbours = around.filter((near) => near === 3).length - (symbol === 3 ? 1 : 0)
          return neighbours === 3 || (neighbours === 2 && symbol === 3) ? 3 : 0
        }),
      )
      return { input, output }
    },
  },
]

/** Whether each gap can be filled for certain, one after another, by looking at its row and its column alone. */
function followsStepByStep(square: readonly (readonly number[])[], colours: readonly number[]): boolean {
  const filled = copy(square)
  const known = new Set(filled.flat())
  if (colours.some((colour) => !known.has(colour))) return false
  for (let progress = true; progress;) {
    progress = false
    for (const row of filled) {
      for (const [x, symbol] of row.entries()) {
        if (symbol !== 0) continue
        const open = colours.filter((colour) => !row.includes(colour) && !filled.some((other) => other[x] === colour))
        if (open.length !== 1) continue
        row[x] = open[0] ?? 0
        progress = true
      }
    }
  }
  return !filled.flat().includes(0)
}
