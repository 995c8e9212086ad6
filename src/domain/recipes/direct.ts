import { extractGrid } from '../answers/extract-grid.ts'
import type { GridEncoding } from '../grids/render-grid.ts'
import { count, renderTestInput, renderTrainPair, whatAGridIs } from './prompt-parts.ts'
import type { Message, Recipe, ShownTask } from './recipe.ts'

const system = `You find the rule behind pairs of grids and apply it to a new input.
You look for the simplest rule that explains every pair exactly, and you check it on each pair before you trust it.`

const examples: Readonly<Record<GridEncoding, string>> = { json: '[[0,1],\n [2,3]]', digits: '0 1\n2 3' }

function renderWhatToDo(encoding: GridEncoding): string {
  return `# What to do

Work out the rule: what decides the size of the output, and each of its cells. Check it against each train pair. Then apply it to the test input, and end your answer with the output grid alone in one fenced block, written as the grids above are:

\`\`\`
${examples[encoding]}
\`\`\`

Write the whole grid, every row equally long. Nothing may follow the block.`
}

/** Asks for the output grid of one test input, as the official harness does (github.com/arcprize/arc-agi-benchmarking). */
export const directRecipe: Recipe = {
  name: 'direct',
  version: 1,
  asksFor: 'grid',
  asksPerTestInput: true,
  renderMessages: (task, testPair, encoding = 'json') => [
    { role: 'system', content: system },
    { role: 'user', content: renderQuestion(task, testPair ?? 0, encoding) },
  ],
  extractAnswer: extractGrid,
}

function renderQuestion(
  { train, testInputs }: ShownTask,
  testPair: number,
  encoding: GridEncoding,
): Message['content'] {
  return [
    whatAGridIs,
    `# The task\n\nOne rule turns each input below into its output. You see it at work in ${count(train.length, 'train pair')}; the output of the test input is asked of you.`,
    ...train.map((pair, index) => renderTrainPair(pair, index, encoding)),
    // Called the first whichever it is: the model sees no other.
    ...testInputs.slice(testPair, testPair + 1).map((grid) => renderTestInput(grid, 0, encoding)),
    renderWhatToDo(encoding),
  ].join('\n\n')
}
