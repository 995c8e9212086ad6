import { count } from '../domain/count.ts'
import type { RunAnalysis } from './analyze-run.ts'

/** How many samples of a generation run have an explanation, as one sentence. */
export function explainReasoning({ total, distinct }: NonNullable<RunAnalysis['reasoning']>): string {
  if (total === 1) return '1 sample explained itself.'
  return `${count(total, 'sample')} with an explanation, ${distinct.toLocaleString('en-US')} of them distinct within their tasks.`
}
