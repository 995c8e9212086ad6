import { expect, test } from '@jest/globals'
import { codeRecipe } from './code.ts'
import type { Recipe } from './recipe.ts'
import { renderProbe } from './render-probe.ts'

const otherFeedback: Recipe = { ...codeRecipe, renderFeedback: () => [{ role: 'user', content: 'Once more.' }] }

test('the wording of feedback is part of the hash of a run of several rounds, and of no other', () => {
  expect(renderProbe(otherFeedback, { rounds: 2 })).not.toEqual(renderProbe(codeRecipe, { rounds: 2 }))
  expect(renderProbe(otherFeedback, { rounds: 1 })).toEqual(renderProbe(codeRecipe, { rounds: 1 }))
})

test.each([
  'right output for 1 of 3',
  'Right.',
  'Wrong. The size is right',
  '- and 16 more',
  'are expected.',
  'It raised ValueError: no in line 2',
  'No output (wall-timeout)',
  '## What it printed',
  'Then write the whole program again',
])('feedback that says "%s" is part of it', (words) => {
  expect(renderProbe(codeRecipe, { rounds: 2 }).map(({ content }) => content)).toContainEqual(
    expect.stringContaining(words),
  )
})
