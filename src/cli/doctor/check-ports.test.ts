import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { closeAfterEach } from '../../../test/support/close-after-each.ts'
import { readConfig } from '../../config.ts'
import { judgePort, probePorts } from './check-ports.ts'

const closeAfter = closeAfterEach()
const port = { name: 'baseline port', port: 8322, variable: 'ARCLOOM_BASELINE_PORT', part: 'baseline' } as const

test.each(['free', 'ours', 'server'] as const)('a port that is %s is fine', (state) => {
  expect(judgePort({ ...port, state })).toMatchObject({ ok: true, found: expect.stringContaining('8322'), mend: null })
})

test('a port that another program uses is changed to a free one by its variable', () => {
  expect(judgePort({ ...port, state: 'taken', freePort: 8324 })).toMatchObject({
    ok: false,
    required: false,
    mend: 'export ARCLOOM_BASELINE_PORT=8324',
  })
})

test('two ports that are in use are changed to two free ones', async () => {
  const others = [createServer(), createServer()].map((server) => server.listen(0, '127.0.0.1'))
  for (const server of others) void closeAfter(server)
  await Promise.all(others.map((server) => once(server, 'listening')))
  const [ui, baseline] = others.map((server) => (server.address() as AddressInfo).port)
  const environment = {
    ARCLOOM_DATA_DIR: '/nowhere',
    ARCLOOM_TEMPORAL_PORT: '1',
    ARCLOOM_TEMPORAL_UI_PORT: String(ui),
    ARCLOOM_BASELINE_PORT: String(baseline),
    ARCLOOM_WEB_PORT: '2',
  }
  const probes = await probePorts(readConfig(environment, { projectRoot: '/nowhere' }))
  expect(probes.map(({ state }) => state)).toEqual(['free', 'taken', 'taken', 'free'])
  const freePorts = probes.flatMap((probe) => (probe.state === 'taken' ? [probe.freePort] : []))
  expect(new Set([...freePorts, ui, baseline]).size).toBe(4)
})
