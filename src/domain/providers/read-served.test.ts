import { expect, test } from '@jest/globals'
import { readServed } from './read-served.ts'

test('names the host, the snapshot, the tier and the configuration', () => {
  const body = { model: 'gpt-5-2026-08-07', provider: 'Azure', service_tier: 'flex', system_fingerprint: 'fp_1' }
  expect(readServed(body)).toEqual({
    model: 'gpt-5-2026-08-07',
    host: 'Azure',
    service_tier: 'flex',
    system_fingerprint: 'fp_1',
  })
})

test.each([null, '', '  ', 7, {}, 'x'.repeat(201)])('takes %j for no name', (nonsense) => {
  const body = { model: nonsense, provider: nonsense, service_tier: nonsense, system_fingerprint: nonsense }
  expect(readServed(body)).toEqual({ model: null, host: null })
})
