import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import { createApp } from '../../src/api/create-app.ts'
import { openLibrary } from '../../src/api/open-library.ts'
import { putWholeRun } from '../support/put-whole-run.ts'
import { beginClient } from '../support/run-client.ts'

let dataDir: string
const damaged = new Map<string, string>()

const damages: readonly ((file: string) => Promise<void>)[] = [
  async (file) => writeFile(file, (await readFile(file, 'utf8')).slice(0, 40)),
  (file) => writeFile(file, ''),
  (file) => rm(file),
  (file) => writeFile(file, '{}'),
]

async function findFile(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return path
  const [first = ''] = (await readdir(path)).sort()
  return findFile(join(path, first))
}

/** Forty runs, each with one file cut, emptied, removed or replaced by JSON of another shape, and one sound run. */
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'arcloom-damaged-'))
  const store = createRunStore(createFileBlobs(join(dataDir, 'runs')), 'test')
  await putWholeRun(store, 'sound')
  const names = ['run.json', 'state.json', 'items.json', 'items', 'records']
  for (let index = 0; index < 40; index += 1) {
    const runId = `run-${index}`
    await putWholeRun(store, runId)
    const file = await findFile(join(dataDir, 'runs', runId, names[index % names.length] ?? ''))
    await damages[Math.floor(index / names.length) % damages.length]?.(file)
    damaged.set(runId, file)
  }
})
afterAll(() => rm(dataDir, { recursive: true }))

function arcloom(...words: string[]) {
  return beginClient(words, { ...process.env, ARCLOOM_DATA_DIR: dataDir }).ended
}

describe('forty damaged runs', () => {
  test('are listed among the others', async () => {
    const { code, stdout, stderr } = await arcloom('runs')
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(42)
    expect(stdout).toMatch(/^sound +complete +2\/3 +2 +1 /m)
    for (const [runId, file] of damaged) {
      expect(stdout).toMatch(new RegExp(`^${runId} +damaged`, 'm'))
      expect(stderr).toContain(`${runId} is damaged: ${file}`)
      expect(stderr).toContain(`npx arcloom resume ${runId}\n`)
    }
  })

  test('are in the JSON document too, with file and place', async () => {
    const runs = JSON.parse((await arcloom('runs', '--json')).stdout) as { run_id: string; damage?: unknown }[]
    expect(runs).toHaveLength(41)
    for (const [run_id, file] of damaged) {
      expect(runs.find((run) => run.run_id === run_id)).toMatchObject({ state: 'damaged', damage: [{ file }] })
    }
  })

  test('are found even if they were sound last time', async () => {
    const run = join(dataDir, 'runs', 'sound')
    const record = await findFile(join(run, 'records'))
    const whole = await readFile(record, 'utf8')
    expect(existsSync(join(run, 'numbers.json'))).toBe(true)
    // The length is the same: only the modification time differs.
    await writeFile(record, whole.replace('"rounds"', '"roundz"'))
    try {
      const { stdout, stderr } = await arcloom('runs')
      expect(stdout).toMatch(/^sound +damaged/m)
      expect(stderr).toContain(`sound is damaged: ${record} at samples[0].rounds: must be a list`)
    } finally {
      await writeFile(record, whole)
    }
    expect((await arcloom('runs')).stdout).toMatch(/^sound +complete +2\/3 +2 +1 /m)
  })

  test('are in the response to the page', async () => {
    const library = openLibrary({ project: dataDir, data: dataDir })
    const onFault = (fault: unknown) => {
      throw fault
    }
    const app = createApp({ library, readPage: async () => new Map(), onFault })
    const read = async (address: string) =>
      (await app.request(`http://127.0.0.1${address}`, { headers: { host: '127.0.0.1' } })).json()
    // A large store is scanned in the background while the server runs.
    const readAll = async (): Promise<{ runs: unknown[]; damaged: { run_id: string; file: string }[] }> => {
      const document = (await read('/api/runs')) as Awaited<ReturnType<typeof readAll>>
      if (document.damaged.length === damaged.size) return document
      await sleep(100)
      return readAll()
    }
    const document = await readAll()
    expect(document.runs).toMatchObject([{ run_id: 'sound' }])
    expect(new Map(document.damaged.map(({ run_id, file }) => [run_id, file]))).toEqual(damaged)
    expect(await read('/api/solved')).toEqual({ solved: [], unsolved: [] })
  })

  test.each(['status', 'report', 'compare', 'export submission'])('are reported by %s', async (command) => {
    const words = command === 'compare' ? ['compare', 'run-1', 'sound'] : [...command.split(' '), 'run-1']
    const { code, stderr } = await arcloom(...words)
    expect(code).toBe(2)
    expect(stderr).toContain(damaged.get('run-1'))
    expect(stderr).toContain('npx arcloom resume run-1')
    expect(stderr).not.toContain('    at ')
  })
})
