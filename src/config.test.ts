import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ConfigInvalid, prepareDataDir, readConfig } from './config.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'config-'))
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

const read = (environment: Record<string, string> = {}) =>
  readConfig({ HOME: root, ...environment }, { projectRoot: root, cwd: '/somewhere' })

describe('readConfig', () => {
  test('has a default for everything', () => {
    expect(read()).toMatchObject({
      dataDir: join(root, 'data'),
      stateDir: join(root, 'data', '.state'),
      cacheDir: join(root, '.cache', 'arcloom'),
      ports: { temporal: 7233, temporalUi: 8233, web: 8321, baseline: 8322 },
      temporal: { address: undefined, namespace: 'default', cliPath: undefined },
      python: undefined,
      baselineSeconds: undefined,
      maxOutageHours: 24,
    })
  })

  test('counts what was typed before the environment, and hands it on', () => {
    const environment = { HOME: root, ARCLOOM_BASELINE_SECONDS: '2' }
    const config = readConfig(environment, { projectRoot: root, typed: { ARCLOOM_BASELINE_SECONDS: '7' } })
    expect(config.baselineSeconds).toBe(7)
    expect(config.environment()).toMatchObject({ ARCLOOM_BASELINE_SECONDS: '7' })
  })

  test('counts a relative data folder from where the user is', () => {
    expect(read({ ARCLOOM_DATA_DIR: 'mine' }).dataDir).toBe('/somewhere/mine')
  })

  test.each([
    [
      'ARCLOOM_TEMPORAL_PORT',
      '70000',
      'ARCLOOM_TEMPORAL_PORT is "70000": must be a port, a whole number from 1 to 65535.',
    ],
    ['ARCLOOM_WEB_PORT', 'http', 'ARCLOOM_WEB_PORT is "http": must be a port, a whole number from 1 to 65535.'],
    ['ARCLOOM_BASELINE_PORT', '1.5', 'ARCLOOM_BASELINE_PORT is "1.5": must be a port, a whole number from 1 to 65535.'],
    [
      'ARCLOOM_BASELINE_SECONDS',
      '0',
      'ARCLOOM_BASELINE_SECONDS is "0": must be a number of seconds from 0.01 to 3600.',
    ],
    ['TEMPORAL_ADDRESS', 'http://x:1', 'TEMPORAL_ADDRESS is "http://x:1": must be host:port, without a scheme.'],
  ])('refuses %s=%s', (variable, value, message) => {
    expect(() => read({ [variable]: value })).toThrow(new ConfigInvalid(message))
  })

  test('counts an empty variable as not set', () => {
    expect(read({ ARCLOOM_WEB_PORT: '', TEMPORAL_ADDRESS: ' ' })).toMatchObject({
      ports: { web: 8321 },
      temporal: { address: undefined },
    })
  })

  test('takes from .env what the environment does not set, and tells one from the other', () => {
    writeFileSync(join(root, '.env'), 'ONE_KEY=from-file\nOTHER_KEY=from-file\nEMPTY_KEY=\n')
    const config = read({ ONE_KEY: 'from-environment' })
    expect([...config.origins]).toEqual(
      expect.arrayContaining([
        ['ONE_KEY', 'environment'],
        ['OTHER_KEY', '.env'],
      ]),
    )
    expect(config.origins.has('EMPTY_KEY')).toBe(false)
    expect([config.apiKey('ONE_KEY'), config.apiKey('OTHER_KEY'), config.apiKey('NO_KEY')]).toEqual([
      'from-environment',
      'from-file',
      undefined,
    ])
    expect(config.environment()).toMatchObject({ OTHER_KEY: 'from-file' })
  })

  test("follows Temporal's own configuration: a profile, and variables over it", () => {
    const file = join(root, 'temporal.toml')
    writeFileSync(file, '[profile.team]\naddress = "team:7233"\nnamespace = "arc"\napi_key = "secret"\n')
    const { temporal } = read({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'team', TEMPORAL_NAMESPACE: 'mine' })
    expect(temporal).toMatchObject({ address: 'team:7233', namespace: 'mine' })
    expect(temporal.connection()).toMatchObject({ address: 'team:7233', apiKey: 'secret', tls: true })
    expect(() => read({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'none' })).toThrow(/Profile 'none' not found/)
  })

  test('sends no key to a local server that nobody named', () => {
    expect(read({ TEMPORAL_API_KEY: 'secret' }).temporal.connection()).toEqual({})
  })

  test('shows no key when printed', () => {
    expect(
      inspect(read({ TEMPORAL_ADDRESS: 'x:1', TEMPORAL_API_KEY: 'secret', MY_KEY: 'secret' }), { depth: 9 }),
    ).not.toMatch(/secret/)
  })
})

describe('environment', () => {
  test('names files so that they are found from any folder', () => {
    const given = {
      ARCLOOM_DATA_DIR: 'mine',
      TEMPORAL_CLI_PATH: 'bin/temporal',
      ARCLOOM_PYTHON: './python',
      OTHER: 'a/b',
    }
    expect(read(given).environment()).toMatchObject({
      ARCLOOM_DATA_DIR: '/somewhere/mine',
      TEMPORAL_CLI_PATH: '/somewhere/bin/temporal',
      ARCLOOM_PYTHON: '/somewhere/python',
      OTHER: 'a/b',
    })
    expect(read({ ARCLOOM_PYTHON: 'python3.13' }).environment()).toMatchObject({ ARCLOOM_PYTHON: 'python3.13' })
  })
})

describe('prepareDataDir', () => {
  test('makes the folder', () => {
    const config = read({ ARCLOOM_DATA_DIR: join(root, 'a', 'b') })
    prepareDataDir(config)
    expect(existsSync(config.dataDir)).toBe(true)
  })

  test('says which folder cannot be written to', () => {
    const file = join(root, 'file')
    writeFileSync(file, '')
    expect(() => prepareDataDir(read({ ARCLOOM_DATA_DIR: join(file, 'data') }))).toThrow(ConfigInvalid)
  })
})
