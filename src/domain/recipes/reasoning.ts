import { extractReasoning } from '../answers/extract-reasoning.ts'
import type { GridEncoding } from '../grids/render-grid.ts'
import { count, renderTrainPair, whatAGridIs } from './prompt-parts.ts'
import type { Message, Recipe, ShownTask } from './recipe.ts'

const system = `You find the rule behind pairs of grids and explain it to somebody who wants to understand it.
You look for the simplest rule that explains every pair exactly, and you check it on each pair before you trust it.`

const whatToDo = `# What to do

Explain the rule in words, and only the rule:
1. What you see: what the inputs have in common, which objects, lines or patterns matter, and what does not.
2. What changes from input to output, and what decides it: the size of the output, and each of its cells.
3. The rule, as steps that somebody else could follow to draw every output without having seen one.
4. A check of these steps against each train pair. Where one contradicts an idea you had, say so, and how you mended the idea.

Write plain prose. Do not write a program, and do not write out whole grids.`

/** Asks only for an explanation of the rule; it shows no test input, since the train pairs define the rule. */
export const reasoningRecipe: Recipe = {
  name: 'reasoning',
  version: 1,
  asksFor: 'explanation',
  asksPerTestInput: false,
  renderMessages: (task, _, encoding = 'json') => [
    { role: 'system', content: system },
    { role: 'user', content: renderQuestion(task, encoding) },
  ],
  extractAnswer: extractReasoning,
}

function renderQuestion({ train }: ShownTask, encoding: GridEncoding): Message['content'] {
  return [
    whatAGridIs,
    `# The task\n\nOne rule turns each input below into its output. You see it at work in ${count(train.length, 'train pair')}.`,
    ...train.map((pair, index) => renderTrainPair(pair, index, encoding)),
    whatToDo,
  ].join('\n\n')
}
