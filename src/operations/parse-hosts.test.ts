import { expect, test } from '@jest/globals'
import { parseHosts, parseQuantizations } from './parse-hosts.ts'

test('hosts are names separated by commas, each once', () => {
  expect(parseHosts('deepinfra/fp8, google-vertex/us-east5,deepinfra/fp8')).toEqual([
    'deepinfra/fp8',
    'google-vertex/us-east5',
  ])
  for (const text of ['', ',', '["a"]', 'a,-b']) expect(() => parseHosts(text)).toThrow(/such as deepinfra,azure/)
})

test('quantizations are the documented ones', () => {
  expect(parseQuantizations('FP8,bf16')).toEqual(['fp8', 'bf16'])
  for (const text of ['', 'fp9', 'fp8 bf16']) expect(() => parseQuantizations(text)).toThrow(/int4, int8.*newer ones/)
})
