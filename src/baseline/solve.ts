import type { Wish } from './chat/parse-prompt.ts'
import { renderAnswer } from './chat/render-answer.ts'
import type { Evidence } from './operation.ts'
import { searchCandidates } from './search.ts'

/** The evidence of a task, and what the prompt asks for. */
export interface SolveInput {
  readonly evidence: Evidence
  readonly wish: Wish
}

/** More samples than this of one task repeat answers. */
const maxAnswers = 32

/**
 * Different answers to one question as texts, the most confident first. At least one.
 *
 * @param limitMs CPU time of this thread, so that a busy machine delays an answer but does not change it.
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
