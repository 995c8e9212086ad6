import { expect, test } from '@jest/globals'
import { sayAtField, sayInFields } from './field-titles.ts'

test.each([
  [
    "option '--best-of <n>' argument '-2' is invalid. Allowed: a whole number from 1 to 100.",
    'Allowed: a whole number from 1 to 100.',
  ],
  ["option '--name <id>' argument 'it's\nso' is invalid. Allowed: letters.", 'Allowed: letters.'],
  ['--budget-usd needs --max-tokens', '“Budget in USD” needs “Tokens per answer”'],
])('says at a field only what is allowed, in the names of fields: %j', (message, said) => {
  expect(sayAtField(message)).toBe(said)
})

test('a flag that has no field stays as it is typed', () => {
  expect(sayInFields('npx arcloom models --refresh, without --constructor')).toBe(
    'npx arcloom models --refresh, without --constructor',
  )
})
