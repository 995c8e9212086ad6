import { afterEach, expect, test } from '@jest/globals'
import { startFakeProvider, type FakeProvider } from '../../../test/support/fake-provider.ts'
import type { Model } from '../../domain/models/model-spec.ts'
import { judgePools, probePools } from './check-pools.ts'

const providers: FakeProvider[] = []
afterEach(() => Promise.all(providers.splice(0).map((provider) => provider.close())))

const poolOf = (baseUrls: readonly string[]): Model => ({
  key: 'POOL',
  provider: 'local',
  id: 'm',
  baseUrl: baseUrls[0] ?? '',
  baseUrls,
  limits: {},
  defaults: {},
  username: 'm',
})

test('a pool is shown with those of its servers that do not answer', async () => {
  const [here, busy, gone] = [
    await startFakeProvider(),
    await startFakeProvider({ reply: () => ({ status: 503, body: 'loading' }) }),
    await startFakeProvider(),
  ]
  providers.push(here, busy)
  await gone.close()
  const pool = poolOf([here.url, busy.url, gone.url])
  const { baseUrls: _, ...single } = pool
  const checks = judgePools(await probePools([pool, single]))
  expect(checks).toMatchObject([
    { name: 'servers', ok: false, required: false, found: `1 of 3 answer; not ${busy.url}, ${gone.url}` },
  ])
  expect(judgePools(await probePools([poolOf([here.url])]))).toMatchObject([
    { ok: true, found: `1 of 1 answer: ${here.url}` },
  ])
})
