import type { Evidence } from './operation.ts'
import type { Wish } from './parse-prompt.ts'
import { renderAnswer } from './render-answer.ts'
import { searchCandidates } from './search.ts'

/** What is to be solved, and what is wanted of it. */
export interface SolveInput {
  readonly evidence: Evidence
  readonly wish: Wish
}

/** More samples than this of one task repeat answers. */
const maxAnswers = 32

/**
 * Different answers to one question, the most confident first, as texts. At least one.
 *
 * @param limitMs computing time of this thread, so that a busy machine makes an answer late and not another one.
 */
export function solve({ evidence, wish }: SolveInput, limitMs: number): string[] {
  const start = process.threadCpuUsage()
  const isLate = () => {
    const { user, system } = process.threadCpuUsage(start)
    return user + system > 1000 * limitMs
  }
  const answers = new Map<string, string>()
  for (const candidate of searchCandidates(evidence, isLate)) {
    const text = renderAnswer(candidate, evidence, wish)
    const isSame = wish.of === 'grid' ? JSON.stringify(candidate.outputs[wish.testInput]) : text
    if (!answers.has(isSame)) answers.set(isSame, text)
  }
  return [...answers.values()].slice(0, maxAnswers)
}
