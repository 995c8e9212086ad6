import type { RoundRecord } from './record.ts'

/** Whether a program passed its test pairs, in the words of the Python original: it ran test pairs alone and counted them from 0. */
export function explainVerification({ run }: Pick<RoundRecord, 'run'>, trainPairs: number): string {
  if (run === null) return 'Skipped - Code generation failed'
  const tests = run.pairs.slice(trainPairs)
  const wrong = tests.findIndex((pair) => pair.verdict !== 'correct')
  if (wrong < 0) return 'Passed'
  return `${tests[wrong]?.verdict === 'wrong' ? 'Output Mismatch' : 'Execution Error'} (Test Case ${wrong})`
}
