import { describe, expect, test } from '@jest/globals'
import { generalizeReason } from './generalize-reason.ts'

describe('generalizeReason', () => {
  test.each([
    [
      '400: no system role (request id: 20261127041500123456789)',
      '400: no system role (request id: 20261127041600987654321)',
    ],
    [
      '400: no system role (request id: 20261127041500123Xq3bT9ka)',
      '400: no system role (request id: 20261127041600987ZZp0aLm1)',
    ],
    ['400: no system role, Request-ID=a81kd9s', '400: no system role, Request-ID=zz71bqp'],
    ['400: no system role, req_7dc1f0ab93', '400: no system role, req_001f0ab9ff'],
    ['403: denied 7b4c0a6e-7a3c-4f43-9a58-2f64c4b5a111', '403: denied 00000000-7a3c-4f43-9a58-2f64c4b5a111'],
    ['500: at 2026-11-27T04:15:00.123Z', '500: at 2026-11-27 04:16:01+00:00'],
    [
      '422: [{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted","input":0}]',
      '422: [{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted","input":1}]',
    ],
    [
      '422: [{"msg":"Input should be a string","input":"[[0,1]]","url":"https://errors.pydantic.dev/2.10"}]',
      '422: [{"msg":"Input should be a string","input":"[[2,1]]","url":"https://errors.pydantic.dev/2.10"}]',
    ],
  ])('%s is the same reason as %s', (a, b) => expect(generalizeReason(a)).toBe(generalizeReason(b)))

  test.each([
    ['400: you requested 9000 tokens', '400: you requested 9001 tokens'],
    ['400: temperature is not supported', '400: max_tokens is not supported'],
    ['400: unknown model gpt-4o-2024-08-06', '400: unknown model gpt-4o-2024-11-20'],
  ])('%s is not the same reason as %s', (a, b) => expect(generalizeReason(a)).not.toBe(generalizeReason(b)))
})
