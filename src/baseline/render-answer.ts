import type { Candidate } from './search.ts'
import { operations } from './operations/list-operations.ts'
import { collectHelpers } from './python-library.ts'

/** Writes a candidate as a model would answer: its reasoning in words, then one fenced Python program. */
export function renderAnswer(candidate: Candidate, pairCount: number): string {
  return `${renderReasoning(candidate, pairCount)}\n\n\`\`\`python\n${renderProgram(candidate)}\n\`\`\`\n`
}

function renderReasoning({ steps, cost, fit }: Candidate, pairCount: number): string {
  const says = steps.map((step, index) => (steps.length > 1 ? `${index + 1}. ${step.words}` : step.words)).join('\n')
  if (steps.length === 0) {
    return 'I found no rule that explains the train pairs, and none that comes close. The program below gives its input back, so that there is an answer to judge.'
  }
  if (fit < 1) {
    const share = Math.min(99, Math.floor(fit * 100))
    return `I found no rule that reproduces every train pair. The closest I found gets ${share}% of their cells right, so what follows is a guess and probably wrong:\n\n${says}`
  }
  return `This is the rule I found:\n\n${says}\n\nIt reproduces ${pairCount === 1 ? 'the train pair' : `all ${pairCount} train pairs`} exactly. ${describeConfidence(cost)}`
}

/** Words for what the costs were measured to mean on public tasks: nearly always, mostly, half of the time, rarely. */
function describeConfidence(cost: number): string {
  if (cost < 6) return 'Little had to be assumed, so I am confident of it.'
  if (cost < 15) return 'Some of it was learned from the pairs alone, so it is likely but not certain.'
  if (cost < 25) return 'Much of it was learned from the pairs alone, so I would not be surprised to be wrong.'
  return 'It had to assume so much that I doubt it.'
}

/** A Python program that stands alone: numpy, the functions it needs and no others, and its steps in order. */
export function renderProgram({ steps }: Pick<Candidate, 'steps'>): string {
  const functions = operations.filter(({ name }) => steps.some((step) => step.operation === name))
  const own = functions.map(({ python }) => python.trim())
  const body = `def solve_task(input_grid):
    grid = np.array(input_grid)
${steps.map((step) => `    grid = ${step.call}\n`).join('')}    return grid.tolist()`
  return ['import numpy as np', ...collectHelpers([...own, body].join('\n\n')), ...own, body].join('\n\n\n')
}
