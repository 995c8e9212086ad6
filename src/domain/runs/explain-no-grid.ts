import type { Outcome } from '../recipes/recipe.ts'
import type { PairVerdict } from './record.ts'
import type { Verdict } from './verdict.ts'

/** Why a program gave no grid for a pair, in one sentence for people. Messages of programs are untrusted text. */
export function explainNoGrid({
  verdict,
  message = '',
  error_type,
  line,
}: Pick<PairVerdict, 'verdict' | 'message' | 'error_type' | 'line'>): string {
  const place = line === undefined ? '' : ` in line ${line}`
  const details = message === '' ? '' : `: ${message}`
  if (verdict === 'error' && error_type !== undefined) return `It raised ${error_type}${place}${details}`
  return `${verdictWords[verdict]}${place}${details}`
}

/** Why there is no grid or program in an answer. @param problem what was found where the outcome alone does not tell */
export function explainOutcome(outcome: Outcome, problem: string | null): string {
  return problem === null ? outcomeWords[outcome] : `${outcomeWords[outcome]}: ${problem}`
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  correct: 'Right',
  wrong: 'Wrong',
  'invalid-output': 'It returned something that is not a grid',
  error: 'It failed',
  memory: 'It asked for more memory than it may use',
  'cpu-timeout': 'It used up its processor time',
  'wall-timeout': 'It waited too long and computed nothing',
  crash: 'It crashed',
  forbidden: 'It made a system call that is not allowed',
  'no-answer': 'It ended before it answered',
  'output-flood': 'It printed too much',
  'not-run': 'It was not run on this pair',
}

const outcomeWords: Readonly<Record<Outcome, string>> = {
  answered: 'It answered',
  refused: 'The model refused to answer',
  truncated: 'The answer was cut off before it was complete',
  unparseable: 'Nothing that was asked for could be read out of the answer',
  rejected: 'The provider did not accept the request',
}
