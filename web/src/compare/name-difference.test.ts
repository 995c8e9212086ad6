import { expect, test } from '@jest/globals'
import { nameDifference } from './name-difference.ts'

const hash = (letter: string) => `"${letter.repeat(64)}"`

test.each([
  [`prompt_hash: ${hash('a')}, not ${hash('b')}`, 'the wording of the prompt, by its hash: aaaaaaaa…, not bbbbbbbb…'],
  ['sampling.maxTokens: unset, not 600', '--max-tokens: not set, against 600'],
  ['sampling.reasoningEffort: "low", not unset', '--reasoning-effort: "low", against not set'],
  ['sampling.parameters.top_k: 5, not 7', 'parameter top_k: 5, not 7'],
  ['samples: 2, not 4', '--best-of: 2, not 4'],
  ['limits.cpu_seconds_per_grid: 2, not 10', '--cpu-seconds: 2, not 10'],
  ['item_count: 1, not 2', 'item count: 1, not 2'],
  ['recipe: "a: b", not "code"', 'recipe: "a: b", not "code"'],
  ['no field', 'no field'],
])('%s is shown as %s', (words, shown) => expect(nameDifference(words)).toBe(shown))
