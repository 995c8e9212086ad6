import { expect, test } from '@jest/globals'
import { readConfig } from '../../config.ts'
import { judgeTemporal, type TemporalProbe } from './check-temporal.ts'

const named = { TEMPORAL_ADDRESS: 'temporal.lab:7233', TEMPORAL_NAMESPACE: 'arc' }
const cli = { path: '/bin/temporal', version: '1.8.2', serverVersion: '1.31.2' }

test.each<[string, TemporalProbe, Record<string, string>, object]>([
  [
    'the configured server answers',
    { kind: 'named', answers: true },
    named,
    { ok: true, found: expect.stringMatching(/temporal\.lab:7233 \(from TEMPORAL_ADDRESS\) answers/) },
  ],
  [
    'the configured server does not answer',
    { kind: 'named', answers: false },
    named,
    {
      ok: false,
      found: expect.stringMatching(/namespace "arc"/),
      mend: expect.stringMatching(/unset TEMPORAL_ADDRESS/),
    },
  ],
  [
    'a server answers here',
    { kind: 'local' },
    { ARCLOOM_TEMPORAL_PORT: '7300' },
    { ok: true, found: /127\.0\.0\.1:7300/ },
  ],
  [
    'the CLI is installed',
    { kind: 'embedded', cli },
    {},
    { ok: true, found: /1\.8\.2 with server 1\.31\.2, \/bin\/temporal/ },
  ],
  [
    'the CLI is not installed',
    { kind: 'none', message: 'none', mend: 'scripts/setup' },
    {},
    { ok: false, mend: 'scripts/setup' },
  ],
  [
    'the configured CLI does not run',
    { kind: 'none', message: 'it does not run', mend: undefined },
    { TEMPORAL_CLI_PATH: '/none' },
    { ok: false, mend: 'unset TEMPORAL_CLI_PATH' },
  ],
])('%s', (_, probe, environment, expected) => {
  const wanted = Object.fromEntries(
    Object.entries(expected).map(([name, value]) => [
      name,
      value instanceof RegExp ? expect.stringMatching(value) : value,
    ]),
  )
  expect(judgeTemporal(probe, readConfig(environment, { projectRoot: '/nowhere' }))).toMatchObject(wanted)
})
