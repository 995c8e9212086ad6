import type { Evidence } from './operation.ts'
import { renderAnswer } from './render-answer.ts'
import { searchCandidates } from './search.ts'

/** More samples than this of one task repeat answers. */
const mostAnswers = 32

/** Different answers to one task, the most confident first, as texts. At least one. */
export function solve(evidence: Evidence, limitMs: number): string[] {
  const end = performance.now() + limitMs
  const candidates = searchCandidates(evidence, () => performance.now() > end)
  const answers = candidates.map((candidate) => renderAnswer(candidate, evidence.train.length))
  return [...new Set(answers)].slice(0, mostAnswers)
}
