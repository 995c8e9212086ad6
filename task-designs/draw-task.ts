import { isGrid, sameGrid, type Grid } from '../src/domain/grids/grid.ts'
import { renderGrid } from '../src/domain/grids/render-grid.ts'
import type { Pair } from '../src/domain/tasks/task.ts'
import type { Design } from './design.ts'
import { createRandom, type Random } from './random.ts'

/** Where a design's task stands, from `data/tasks` on. */
export const fileOf = ({ split, name }: Design): string => `${split}/${name}.json`

/** The text of a design's task file. Its seed is its name, so that adding a design leaves the others as they are. */
export function drawTask(design: Design): string {
  const random = createRandom(design.name.split('').reduce((seed, letter) => seed * 31 + letter.charCodeAt(0), 7) | 0)
  const pairs: Pair[] = []
  while (pairs.length < design.train + design.test) pairs.push(drawAnother(design, random, pairs))
  return renderTask(design, pairs)
}

/** Enough for designs that are hard to please. */
const maxTrials = 5000

/** A pair that shows the rule at work, on an input that no other pair has. */
function drawAnother(design: Design, random: Random, pairs: readonly Pair[]): Pair {
  for (let trial = 0; trial < maxTrials; trial += 1) {
    const pair = design.drawPair(random, pairs.length)
    if (!pair) continue
    if (!isGrid(pair.input) || !isGrid(pair.output)) throw new RangeError(`${design.name} draws what is no grid`)
    if (!sameGrid(pair.input, pair.output) && !pairs.some(({ input }) => sameGrid(input, pair.input))) return pair
  }
  throw new Error(`${design.name} draws no pair ${pairs.length}`)
}

/** JSON with a line for each row, so that a task can be read, and a change to one reviewed. */
function renderTask({ about, train }: Design, pairs: readonly Pair[]): string {
  const renderPair = ({ input, output }: Pair) =>
    `    { "input": ${indent(input)},\n      "output": ${indent(output)} }`
  const render = (pairs: readonly Pair[]) => `[\n${pairs.map(renderPair).join(',\n')}\n  ]`
  return `{\n  "about": ${JSON.stringify(about)},\n  "train": ${render(pairs.slice(0, train))},\n  "test": ${render(pairs.slice(train))}\n}\n`
}

function indent(grid: Grid): string {
  return renderGrid(grid).replaceAll('\n', '\n        ')
}
