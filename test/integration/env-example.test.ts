import { readFileSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { expect, test } from '@jest/globals'
import { readRegistry } from '../../src/adapters/models/registry/read-registry.ts'
import { readConfig } from '../../src/config.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (name: string) => readFileSync(`${root}/${name}`, 'utf8')
/** The file after somebody uncommented everything. */
const example = parseEnv(read('.env.example').replaceAll(/^# ([A-Z_]+=)/gm, '$1'))

/** Temporal's own package reads these, and more for rarer needs; config.ts does not name them. */
const readByTemporal = ['TEMPORAL_API_KEY', 'TEMPORAL_NAMESPACE']

/** Only the keys of the shipped registry: a user who runs the tests may have one of their own. */
async function listKeys(): Promise<string[]> {
  const folder = await mkdtemp(`${tmpdir()}/arcloom-registry-`)
  try {
    await copyFile(`${root}/models.json`, `${folder}/models.json`)
    return (await readRegistry(folder)).flatMap(({ apiKeyVariable }) => apiKeyVariable ?? [])
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('.env.example names exactly the variables that are read', async () => {
  const named = read('src/config.ts').match(/\b(?:ARCLOOM|TEMPORAL|XDG)_[A-Z_]+\b/g) ?? []
  const expected = new Set([...named, ...(await listKeys()), ...readByTemporal])
  expect(Object.keys(example).sort()).toEqual([...expected].sort())
})

test('.env.example shows the defaults, and sets nothing by itself', () => {
  const settings = ({
    ports,
    dataDir,
    temporal,
    python,
    baselineSeconds,
    maxOutageHours,
  }: ReturnType<typeof readConfig>) => {
    return { ports, dataDir, temporal: { ...temporal, connection: undefined }, python, baselineSeconds, maxOutageHours }
  }
  const defaults = settings(readConfig({}, { projectRoot: '/nowhere' }))
  expect(settings(readConfig(example, { projectRoot: '/nowhere' }))).toEqual(defaults)
  expect(parseEnv(read('.env.example'))).toEqual({})
})
