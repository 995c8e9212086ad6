import { expect, test } from '@jest/globals'
import { ServiceError } from '@temporalio/client'
import { describeError } from './describe-error.ts'

test('a fault of our own shows its stack, and has an exit code of its own', () => {
  const described = describeError(new TypeError('x is not a function'))
  expect(described).toMatchObject({ exitCode: 70, type: 'unexpected' })
  expect(described.message).toMatch(/TypeError: x is not a function\n +at /)
  expect(describeError('thrown text')).toEqual({ exitCode: 70, type: 'unexpected', message: 'thrown text' })
})

test('a connection that was lost is something that cannot be reached', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })
  for (const error of [new ServiceError('Failed to query Workflow'), refused])
    expect(describeError(error)).toEqual({ exitCode: 5, type: 'unreachable', message: error.message })
})
