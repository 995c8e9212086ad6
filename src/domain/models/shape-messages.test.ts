import { expect, test } from '@jest/globals'
import type { Message } from '../recipes/recipe.ts'
import { shapeMessages } from './shape-messages.ts'

const messages: readonly Message[] = [
  { role: 'system', content: 'You solve.' },
  { role: 'user', content: 'a b c' },
  { role: 'assistant', content: 'd' },
  { role: 'user', content: 'Wrong.' },
]

test('a system message stays one unless the model says otherwise', () => {
  expect(shapeMessages(messages)).toBe(messages)
  expect(shapeMessages(messages, 'system')).toBe(messages)
})

test('a system message can have the role developer', () =>
  expect(shapeMessages(messages, 'developer')).toEqual([
    { role: 'developer', content: 'You solve.' },
    ...messages.slice(1),
  ]))

test('a system message can begin the first user message, and then the roles alternate', () => {
  const shaped = shapeMessages(messages, 'user')
  expect(shaped[0]).toEqual({ role: 'user', content: 'You solve.\n\na b c' })
  expect(shaped.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
})

test('shaped messages stay as they are', () => {
  for (const role of ['developer', 'user'] as const) {
    const shaped = shapeMessages(messages, role)
    expect(shapeMessages(shaped, role)).toEqual(shaped)
  }
})

test('a system message alone becomes a user message', () =>
  expect(shapeMessages(messages.slice(0, 1), 'user')).toEqual([{ role: 'user', content: 'You solve.' }]))
