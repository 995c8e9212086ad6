import { expect, test } from '@jest/globals'
import { renderFence } from './render-fence.ts'

test('a program becomes a block of Python', () => {
  expect(renderFence('def solve(grid):\n    return grid\n\n')).toBe(
    '```python\ndef solve(grid):\n    return grid\n```\n',
  )
})

test('no program can close its own fence', () => {
  expect(renderFence('x = """\n````\n"""')).toBe('`````python\nx = """\n````\n"""\n`````\n')
})
