import { isGrid } from '../../domain/grids/grid.ts'
import { renderGrid } from '../../domain/grids/render-grid.ts'
import { describeTask } from '../describe-task.ts'
import type { Evidence } from '../operation.ts'
import { collectHelpers } from '../python-library.ts'
import type { Candidate } from '../search.ts'
import type { Wish } from './parse-prompt.ts'

/**
 * Writes a candidate as a model would answer: its reasoning in words, then one fenced program or grid if the prompt asks for one.
 */
export function renderAnswer(candidate: Candidate, evidence: Evidence, wish: Wish): string {
  const reasoning = renderReasoning(candidate, evidence)
  if (wish.of === 'reasoning') return `${reasoning}\n`
  if (wish.of === 'program') return `${reasoning}\n\n\`\`\`python\n${renderProgram(candidate)}\n\`\`\`\n`
  return `${reasoning}\n\n${renderOutput(candidate, evidence, wish)}\n`
}

function renderOutput({ outputs }: Candidate, { testInputs }: Evidence, wish: Extract<Wish, { of: 'grid' }>): string {
  const name = `test input ${wish.testInput + 1}`
  const output = outputs[wish.testInput]
  const [grid, lead] = isGrid(output)
    ? [output, `The output grid for ${name}:`]
    : [testInputs[wish.testInput] ?? [], `The rule gives no grid for ${name}, so I give its input back:`]
  return `${lead}\n\n\`\`\`\n${renderGrid(grid, wish.encoding)}\n\`\`\``
}

function renderReasoning({ steps, cost, fit }: Candidate, evidence: Evidence): string {
  const description = `What I see: ${describeTask(evidence)}`
  if (steps.length === 0) {
    return `${description}\n\nI found no rule that explains the train pairs, and none that comes close. So that there is an answer to judge, I give each input back as it is; that is surely wrong.`
  }
  const rule = steps.map(({ words }, index) => (steps.length > 1 ? `${index + 1}. ${words}` : words)).join('\n')
  if (fit < 1) {
    const share = Math.min(99, Math.floor(fit * 100))
    return `${description}\n\nI found no rule that reproduces every train pair. The closest gets ${share}% of their cells right, so it is a guess, and probably wrong:\n\n${rule}`
  }
  const pairs =
    ['the one train pair', 'both train pairs'][evidence.train.length - 1] ?? `all ${evidence.train.length} train pairs`
  return `${description}\n\nThe rule:\n\n${rule}\n\nCheck: it reproduces ${pairs} exactly.\n\n${describeConfidence(cost)}`
}

/** Words for how likely answers of this cost were right on public tasks (scripts/bench/baseline). */
function describeConfidence(cost: number): string {
  if (cost < 10) return 'Little had to be assumed: I am confident of it.'
  if (cost < 15) return 'Part of it was learned from the pairs alone: it is likely, not certain.'
  if (cost < 25) return 'Much of it was learned from the pairs alone: it is more likely right than wrong.'
  if (cost < 35) return 'Most of it was learned from the pairs alone: it is about as likely wrong as right.'
  return 'It had to assume so much that it is probably wrong.'
}

/** A standalone Python program: numpy, only the functions it needs, and its steps in order. */
export function renderProgram({ steps }: Pick<Candidate, 'steps'>): string {
  const body = `def solve_task(input_grid):
    grid = np.array(input_grid)
${steps.map((step) => `    grid = ${step.call}\n`).join('')}    return grid.tolist()`
  return ['import numpy as np', ...collectHelpers(body), body].join('\n\n\n')
}
