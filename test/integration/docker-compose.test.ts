import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { searchAttributeNames } from '../../src/domain/runs/search-attributes.ts'

const file = new URL('../../docker-compose.yml', import.meta.url)

interface Service {
  image: string
  restart?: string
  container_name?: string
  ports?: string[]
  healthcheck?: { test: string[] }
  volumes?: string[]
  environment?: Record<string, string | number>
  command?: string[]
}

// As for a user without settings of their own.
const text = readFileSync(file, 'utf8')
const settled = text.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
const compose = parse(settled) as { services: Record<string, Service>; volumes: Record<string, unknown> }
const services = Object.entries(compose.services)

const composeCommand = [['docker-compose'], ['docker', 'compose']].find(
  ([command = '', ...rest]) => spawnSync(command, [...rest, 'version']).status === 0,
)

describe('docker-compose.yml', () => {
  // `scripts/test` installs it when it can; otherwise the file's own assertions below still hold.
  const validate = composeCommand || process.env['CI'] ? test : test.skip
  validate(
    'is valid according to the compose specification',
    () => {
      const [command = 'docker-compose', ...rest] = composeCommand ?? []
      const checked = spawnSync(command, [...rest, '--file', file.pathname, 'config', '--quiet'], { encoding: 'utf8' })
      expect({ status: checked.status, said: checked.stderr, error: checked.error }).toEqual({
        status: 0,
        said: '',
        error: undefined,
      })
    },
    120_000,
  )

  test('publishes every port on the loopback address only', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? [])
    expect(ports).toEqual(['127.0.0.1:7233:7233', '127.0.0.1:8233:8080'])
  })

  test('fixes no container name, so that several can run side by side', () => {
    expect(services.filter(([, service]) => service.container_name !== undefined)).toEqual([])
  })

  test('pins the version of every image and never uses the deprecated auto-setup', () => {
    for (const [, { image }] of services) expect(image).toMatch(/^[a-z/-]+:\d[\d.]*$/)
    expect(text).not.toContain('auto-setup')
  })

  test('restarts what fails, and checks the health of every service that keeps running', () => {
    for (const [name, service] of services) {
      const isJob = service.restart === 'on-failure'
      expect([name, isJob || service.restart]).toEqual([name, isJob || 'unless-stopped'])
      expect([name, service.healthcheck !== undefined]).toEqual([name, !isJob])
    }
  })

  test('has the number of history shards that can never be changed, on a named volume', () => {
    expect(compose.services['temporal']?.environment?.['NUM_HISTORY_SHARDS']).toBe(512)
    expect(compose.services['postgresql']?.volumes).toEqual(['postgresql:/var/lib/postgresql/data'])
    expect(Object.keys(compose.volumes)).toEqual(['postgresql'])
  })

  test('creates the namespace with 30 days of retention and every search attribute of Arcloom', () => {
    const script = compose.services['namespace']?.command?.join('\n') ?? ''
    expect(script).toContain('namespace create --namespace default --retention 720h')
    const attributes = [...script.matchAll(/--name (\w+) --type (\w+)/g)].map(([, name, type]) => [name, type])
    expect(attributes).toEqual(Object.values(searchAttributeNames).map((name) => [name, 'Keyword']))
  })
})
