import { expect, test } from '@jest/globals'
import { judgeNode } from './check-node.ts'

test.each([
  ['v24.21.0', true],
  ['v26.0.0', true],
  ['v23.9.1', false],
  ['v20.20.2', false],
  ['v9.0.0', false],
])('Node %s is new enough: %s', (version, ok) => {
  expect(judgeNode(version)).toMatchObject({ ok, required: true, found: version })
})
