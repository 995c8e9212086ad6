import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readFolder } from '../../src/adapters/datasets/official/read-folder.ts'
import { buildArchive } from '../support/build-archive.ts'
import { buildPairs } from '../support/build-run.ts'
import { beginClient } from '../support/run-client.ts'
import { serveFile } from '../support/serve-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-dataset-command-'))
})
afterEach(() => rm(folder, { recursive: true }))

const arcloom = (...words: string[]) => {
  return beginClient(words, { ...process.env, ARCLOOM_DATA_DIR: join(folder, 'data') }).ended
}
async function write(name: string, entries: readonly object[]): Promise<string> {
  await writeFile(join(folder, name), JSON.stringify(entries))
  return join(folder, name)
}
const entry = (task_id: string, version: number, more: object = {}) => ({
  task_id,
  version,
  ...buildPairs(version),
  ...more,
})

describe('arcloom dataset', () => {
  test('merges into data/dataset.json, and writes nothing when one name has two contents', async () => {
    const first = await write('first.json', [entry('a', 0), entry('a', 1, { signed_by: ['ann'], own: 1 })])
    const second = await write('second.json', [entry('a', 1, { signed_by: ['bob'] }), entry('b', 2)])
    const merged = await arcloom('dataset', 'merge', first, second)
    expect(merged.stdout).toBe(
      `${first}: 2 added, 0 already there\n${second}: 1 added, 1 already there, 1 of them with more signers\n`,
    )
    const path = join(folder, 'data', 'dataset.json')
    const text = await readFile(path, 'utf8')
    expect(JSON.parse(text)).toMatchObject([
      { task_id: 'a', version: 0 },
      { task_id: 'a', version: 1, signed_by: ['ann', 'bob'], own: 1 },
      { task_id: 'b', version: 2 },
    ])
    const other = await write('other.json', [entry('c', 0), entry('a', 1, buildPairs(9))])
    const refused = await arcloom('dataset', 'merge', other, '--json')
    expect(refused.code).toBe(2)
    expect(JSON.parse(refused.stdout)).toMatchObject({
      conflicts: [{ task_id: 'a', version: 1, sources: [path, other] }],
    })
    expect(refused.stderr).toContain(`a (version 1) has different contents in ${path} and ${other}`)
    expect(await readFile(path, 'utf8')).toBe(text)
  })

  test('merges into a new file, and never over an existing one', async () => {
    const given = await write('given.json', [entry('a', 0)])
    const output = join(folder, 'new.json')
    expect((await arcloom('dataset', 'merge', given, given, '--output', output)).code).toBe(0)
    expect(JSON.parse(await readFile(output, 'utf8'))).toHaveLength(1)
    expect(existsSync(join(folder, 'data'))).toBe(false)
    expect((await arcloom('dataset', 'merge', given, '--output', output)).code).toBe(2)
  })

  test('validate reports faults with their places, names with two contents, and equal content', async () => {
    const given = await write('given.json', [entry('a', 1), entry('c', 0, { version: -1, test: [] })])
    const faulty = await arcloom('dataset', 'validate', given)
    expect(faulty.code).toBe(2)
    expect(faulty.stdout.split('\n')).toEqual([
      `${given} at [1].version: a version is a whole number from 0; found -1`,
      `${given} at [1].test: must have at least one test pair`,
      '',
    ])
    const doubled = await write('doubled.json', [entry('a', 1), entry('a', 1, buildPairs(2)), entry('b', 1)])
    const { code, stdout, stderr } = await arcloom('dataset', 'validate', doubled)
    expect([code, stdout]).toEqual([2, `${doubled}: a (version 1) occurs more than once, with different contents\n`])
    expect(stderr).toContain('these have the same content: a (version 1), b (version 1)')
  })

  test('says what to do when a fetch has no network, and leaves nothing that looks like a dataset', async () => {
    const server = await serveFile(Buffer.from(''), { status: 503 })
    try {
      const { code, stderr } = await arcloom('dataset', 'fetch', 'arc-agi-1', '--from', server.address)
      expect(code).toBe(5)
      expect(stderr).toMatch(/answers 503/)
      expect(stderr).toMatch(/fix: .*npx arcloom dataset fetch arc-agi-1 --from PATH/)
    } finally {
      await server.close()
    }
    const listed = await arcloom('dataset', 'list', '--json')
    expect(JSON.parse(listed.stdout)).toMatchObject({ splits: [{ dataset: 'tasks' }, { dataset: 'tasks' }] })
  })

  const official = fileURLToPath(new URL('../../../shared/arc/arc-agi-2', import.meta.url))
  const testOfficial = existsSync(official) ? test : test.skip
  testOfficial('fetches ARC-AGI-2 at its real commit, and lists it (skipped without ../shared/arc)', async () => {
    const files = await readFolder(official, () => true)
    const entries = [...files].map(([path, bytes]) => ({ path: `ARC-AGI-2-f3283f7/${path}`, text: String(bytes) }))
    const server = await serveFile(buildArchive(entries))
    try {
      const { code, stdout } = await arcloom('dataset', 'fetch', 'arc-agi-2', '--from', server.address, '--json')
      expect(code).toBe(0)
      const { path, outcome } = JSON.parse(stdout) as { path: string; outcome: string }
      expect([path, outcome]).toEqual([join(folder, 'data', 'datasets', 'arc-agi-2'), 'fetched'])
    } finally {
      await server.close()
    }
    const { splits } = JSON.parse((await arcloom('dataset', 'list', '--json')).stdout) as { splits: unknown[] }
    expect(splits).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ dataset: 'arc-agi-2', split: 'training', tasks: 1000 }),
        expect.objectContaining({ dataset: 'arc-agi-2', split: 'evaluation', tasks: 120 }),
      ]),
    )
  })
})
