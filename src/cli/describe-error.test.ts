import { expect, test } from '@jest/globals'
import { ServiceError } from '@temporalio/client'
import { describeError } from './describe-error.ts'

test('an error of our own shows its stack, and has its own exit code', () => {
  const described = describeError(new TypeError('x is not a function'))
  expect(described).toMatchObject({ exitCode: 70, type: 'unexpected' })
  expect(described.message).toMatch(/TypeError: x is not a function\n +at /)
  expect(describeError('thrown text')).toEqual({ exitCode: 70, type: 'unexpected', message: 'thrown text' })
})

test('a lost connection counts as unreachable', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })
  for (const error of [new ServiceError('Failed to query Workflow'), refused])
    expect(describeError(error)).toEqual({ exitCode: 5, type: 'unreachable', message: error.message })
})
