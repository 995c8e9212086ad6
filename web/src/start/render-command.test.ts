import { expect, test } from '@jest/globals'
import { renderCommand } from './render-command.ts'

test('flags are written as they are typed, and quoted where a shell needs it', () => {
  const flags = { model: ['A', 'local/b c'], best_of: ['4'], name: ["it's"] }
  expect(renderCommand({ command: 'benchmark code', flags })).toBe(
    `npx arcloom benchmark code --model A --model 'local/b c' --best-of 4 --name 'it'\\''s'`,
  )
})
