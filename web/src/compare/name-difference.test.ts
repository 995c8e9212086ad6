import { expect, test } from '@jest/globals'
import { nameDifference } from './name-difference.ts'

const hash = (letter: string) => `"${letter.repeat(64)}"`

test.each([
  [`prompt_hash: ${hash('a')}, not ${hash('b')}`, 'the wording of the prompt, by its hash: aaaaaaaa…, not bbbbbbbb…'],
  ['sampling.max_tokens: 100, not unset', 'max tokens: 100, not unset'],
  ['limits.cpu_seconds_per_grid: 2, not 10', 'cpu seconds per grid: 2, not 10'],
  ['recipe: "a: b", not "code"', 'recipe: "a: b", not "code"'],
  ['no field', 'no field'],
])('%s is shown as %s', (words, shown) => expect(nameDifference(words)).toBe(shown))
