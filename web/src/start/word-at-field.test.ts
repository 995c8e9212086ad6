import { expect, test } from '@jest/globals'
import { wordAtField } from './word-at-field.ts'

test.each([
  [
    "option '--best-of <n>' argument '-2' is invalid. Allowed: a whole number from 1 to 100.",
    'Allowed: a whole number from 1 to 100.',
  ],
  ["option '--name <id>' argument 'it's\nso' is invalid. Allowed: letters.", 'Allowed: letters.'],
  ['--budget-usd needs --max-tokens', '--budget-usd needs --max-tokens'],
])('says at a field only what is allowed: %j', (message, said) => {
  expect(wordAtField(message)).toBe(said)
})
