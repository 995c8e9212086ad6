import { expect, test } from '@jest/globals'
import { addProgram, renderFence } from './render-fence.ts'

test('a program becomes a block of Python', () => {
  expect(renderFence('def solve(grid):\n    return grid\n\n')).toBe(
    '```python\ndef solve(grid):\n    return grid\n```\n',
  )
})

test('no program can close its own fence', () => {
  expect(renderFence('x = """\n````\n"""')).toBe('`````python\nx = """\n````\n"""\n`````\n')
})

test('a program follows what is written, once however often it is added', () => {
  const once = addProgram('It flips.\n', 'x = 1')
  expect(once).toBe('It flips.\n\n```python\nx = 1\n```\n')
  expect(addProgram(once, 'x = 1\n')).toBe(once)
  expect(addProgram(once, 'x = 2')).toBe(`${once}\n\`\`\`python\nx = 2\n\`\`\`\n`)
  expect(addProgram('', 'x = 1')).toBe('```python\nx = 1\n```\n')
})
