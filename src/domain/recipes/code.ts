import { extractProgram } from '../answers/extract-program.ts'
import type { GridEncoding } from '../grids/render-grid.ts'
import { count, renderTestInput, renderTrainPair, whatAGridIs } from './prompt-parts.ts'
import type { Message, Recipe, ShownTask } from './recipe.ts'
import { renderTries } from './render-tries.ts'

const system = `You find the rule behind pairs of grids and write it as a Python program.
You look for the simplest rule that explains every pair exactly, and you test it on each pair before you trust it.`

const whatToDo = `# What to do

First explain your reasoning in words:
1. What the inputs have in common, and what changes from input to output. Say what decides the size of the output.
2. The rule, exact enough that somebody else could draw every output from it. Where a train pair contradicts an idea, drop the idea and say what contradicted it.
3. A check of the rule against each train pair, and a look at the test inputs: what do they hold that no train input does (other symbols, sizes, directions, counts), and does the rule still say what happens?

Then write the program, once and complete, in a single fenced block:

\`\`\`python
import numpy as np

def solve_task(input_grid):
    ...
    return output_grid
\`\`\`

- \`solve_task\` gets one input grid as a list of lists of int and returns its output grid as a list of lists of int.
- It must give exactly the output of every train pair, and it will be judged on inputs that you cannot check: write the rule, not the pairs. Read sizes, symbols and places from \`input_grid\` wherever the rule does.
- Python 3 with its standard library and numpy. Nothing else is there: no files, no network, no other packages. It has a few seconds for all grids together.
- The block must run as it stands: every import and every helper inside it, no example calls, no printing.`

/** Asks for an explanation and one program that maps every input to its output. */
export const codeRecipe: Recipe = {
  name: 'code',
  version: 2,
  asksFor: 'program',
  asksPerTestInput: false,
  renderMessages: (task, _, encoding = 'json') => [
    { role: 'system', content: system },
    { role: 'user', content: renderQuestion(task, encoding) },
  ],
  extractAnswer: extractProgram,
  renderFeedback: renderTries,
}

function renderQuestion({ train, testInputs }: ShownTask, encoding: GridEncoding): Message['content'] {
  return [
    whatAGridIs,
    `# The task\n\nOne rule turns each input below into its output. You see it at work in ${count(train.length, 'train pair')}; the same rule will be asked of ${count(testInputs.length, 'test input')}, whose output you are not shown.`,
    ...train.map((pair, index) => renderTrainPair(pair, index, encoding)),
    ...testInputs.map((grid, index) => renderTestInput(grid, index, encoding)),
    whatToDo,
  ].join('\n\n')
}
