#!/usr/bin/env node
import { mkdirSync, writeFileSync } from 'node:fs'
import { isGrid, sameGrid, type Grid } from '../../src/domain/grid.ts'
import { renderGrid } from '../../src/domain/render-grid.ts'
import type { Pair } from '../../src/domain/task.ts'
import type { Design } from './design.ts'
import { easyDesigns } from './easy-designs.ts'
import { hardDesigns } from './hard-designs.ts'
import { createRandom, type Random } from './random.ts'

/** Makes the tasks in data/tasks again. A design's seed is its name, so that adding one leaves the others as they are. */
for (const design of [...easyDesigns, ...hardDesigns]) {
  const folder = new URL(`../../data/tasks/${design.split}/`, import.meta.url)
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL(`${design.name}.json`, folder), renderTask(design, drawPairs(design)))
}

function drawPairs(design: Design): Pair[] {
  const random = createRandom(design.name.split('').reduce((seed, letter) => seed * 31 + letter.charCodeAt(0), 7) | 0)
  const pairs: Pair[] = []
  while (pairs.length < design.train + design.test) pairs.push(drawAnother(design, random, pairs))
  return pairs
}

/** A pair that shows the rule at work, on an input that no other pair has. */
function drawAnother(design: Design, random: Random, pairs: readonly Pair[]): Pair {
  for (let trial = 0; trial < 100; trial += 1) {
    const pair = design.drawPair(random, pairs.length)
    if (!isGrid(pair.input) || !isGrid(pair.output)) throw new RangeError(`${design.name} draws what is no grid`)
    if (!sameGrid(pair.input, pair.output) && !pairs.some(({ input }) => sameGrid(input, pair.input))) return pair
  }
  throw new Error(`${design.name} draws no further pair`)
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
