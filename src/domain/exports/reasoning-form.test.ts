import { describe, expect, test } from '@jest/globals'
import { hasReasoning, renderAnswer, type ReasoningForm } from './reasoning-form.ts'

const message = (content: string, reasoning?: string) => ({
  role: 'assistant',
  content,
  ...(reasoning !== undefined && { reasoning_content: reasoning }),
})

describe('renderAnswer', () => {
  test.each([
    ['none', 'Turn it.', 'I see.', message('Turn it.')],
    ['think', 'Turn it.', 'I see.', message('<think>\nI see.\n</think>\n\nTurn it.')],
    ['reasoning_content', 'Turn it.', 'I see.', message('Turn it.', 'I see.')],

    ['think', 'Turn it.', undefined, message('Turn it.')],
    ['think', 'Turn it.', ' \n', message('Turn it.')],
    ['reasoning_content', 'Turn it.', undefined, message('Turn it.', '')],

    // Servers that send the tags in the text.
    ['think', 'Turn it.', '\n<think>\nI see.\n</think>\n', message('<think>\nI see.\n</think>\n\nTurn it.')],
    ['reasoning_content', 'Turn it.', 'I see.\n</think>', message('Turn it.', 'I see.')],

    // A model that writes about its own tags.
    [
      'think',
      'Turn it.',
      'I end with </think> soon.',
      message('<think>\nI end with </ think> soon.\n</think>\n\nTurn it.'),
    ],
    [
      'reasoning_content',
      'Turn it.',
      'First <think>, then </think>.',
      message('Turn it.', 'First < think>, then </ think>.'),
    ],

    // The text already contains its thinking, whatever the field holds.
    ['none', '<think>Hm.</think>Turn it.', 'I see.', message('<think>Hm.</think>Turn it.')],
    ['think', '<think>Hm.</think>Turn it.', 'I see.', message('<think>Hm.</think>Turn it.')],
    ['think', 'Hm.</think>Turn it.', undefined, message('Hm.</think>Turn it.')],
    ['reasoning_content', '<think>Hm.</think>Turn it.', 'I see.', message('<think>Hm.</think>Turn it.', '')],
    // An empty pair of tags is not thinking.
    ['reasoning_content', '<think>\n\n</think>\n\nTurn it.', undefined, message('<think>\n\n</think>\n\nTurn it.', '')],
  ] as const)('%s: %j with reasoning %j', (form: ReasoningForm, text, reasoning, expected) => {
    expect(renderAnswer({ text, ...(reasoning !== undefined && { reasoning }) }, form)).toEqual(expected)
  })
})

describe('hasReasoning', () => {
  test.each([
    ['a field', 'Turn it.', 'I see.', true],
    ['tags in the text', '<think>Hm.</think>Turn it.', undefined, true],
    ['text before a closing tag, where the template opened it', 'Hm.</think>Turn it.', undefined, true],
    ['nothing', 'Turn it.', undefined, false],
    ['an empty field', 'Turn it.', ' ', false],
    ['a field with nothing but tags', 'Turn it.', '<think></think>', false],
  ])('finds it in %s', (_, text, reasoning, expected) => {
    expect(hasReasoning({ text, ...(reasoning !== undefined && { reasoning }) })).toBe(expected)
  })
})
