import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { recordRun } from '../../test/support/record-run.ts'
import { createRunStore } from '../adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../adapters/stores/file-blobs.ts'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { openLibrary } from '../api/open-library.ts'
import { createMachineHiding, type MachineFacts } from './hide-machine.ts'
import { SitePageMissing, writeSite, type SiteRequest } from './write-site.ts'

let root: string
let folder: RunFolder
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-write-site-'))
  await mkdir(join(root, 'page'))
  for (const name of ['page.js', 'page.css', 'icon.svg']) await writeFile(join(root, 'page', name), `of ${name}`)
  folder = await recordRun(createRunStore(createFileBlobs(join(root, 'data/runs')), 'test'), {
    name: 'told',
    recipe: 'code',
    tasks: ['a', 'b'].map((taskId, index) => ({
      taskId,
      version: 0,
      dataset: 'd',
      split: 's',
      train: [{ input: [[1]], output: [[2]] }],
      test: [{ input: [[3 + index]], output: [[7, 7, 7]] }],
    })),
    paths: ['/srv/secret-lab/tasks'],
    say: (_task, index) =>
      index === 1
        ? undefined
        : [
            { texts: [`I read ${root}/data. \`\`\`python\ndef f(g): pass\n\`\`\``] },
            {
              texts: [`401 from http://127.0.0.1:1/v1: no key sk-live-0123456789abcdef in MY_API_KEY`],
              rejected: true,
            },
          ],
  })
  await folder.putFailure({ item: 'b', reason: `ENOENT: open '/mnt/lab/x.json'`, at: '2026-01-01T00:00:00.000Z' })
})
afterEach(() => rm(root, { recursive: true }))

const facts = (): MachineFacts => ({
  paths: [root, '/srv/secret-lab/tasks'],
  addresses: ['http://127.0.0.1:1/v1'],
  variables: [{ name: 'MY_API_KEY', value: undefined }],
})

function write(changes: Partial<SiteRequest> = {}): Promise<boolean> {
  return writeSite(join(root, 'out/site'), {
    runs: [folder],
    library: openLibrary({ project: root, data: join(root, 'data') }),
    pageFolder: join(root, 'page'),
    icon: join(root, 'page/icon.svg'),
    withExpected: true,
    hide: createMachineHiding(facts()),
    onItem: () => {},
    signal: new AbortController().signal,
    ...changes,
  })
}

async function readSite(): Promise<Record<string, string>> {
  const entries = await readdir(join(root, 'out/site'), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const texts = await Promise.all(
    files.map(async ({ parentPath, name }): Promise<[string, string]> => {
      const path = join(parentPath, name)
      const text = await readFile(path, 'utf8')
      const [, packed] = /^arcloom\.provide\("[^"]+", "([\w+/=]+)"\)\n$/.exec(text) ?? []
      const shown = packed === undefined ? text : gunzipSync(Buffer.from(packed, 'base64')).toString()
      return [path.slice(join(root, 'out/site/').length), shown]
    }),
  )
  return Object.fromEntries(texts.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

describe('writeSite', () => {
  test('writes the page, and a file of samples and one of expected outputs per task', async () => {
    const items: string[] = []
    expect(await write({ onItem: () => items.push('.') })).toBe(true)
    const files = await readSite()
    expect(Object.keys(files)).toEqual([
      '.nojekyll',
      'data/abilities.js',
      'data/runs.js',
      'data/told/compared.js',
      'data/told/expected/a.js',
      'data/told/expected/b.js',
      'data/told/items/a.js',
      'data/told/items/b.js',
      'data/told/matrix.js',
      'data/told/run.js',
      'icon.svg',
      'index.html',
      'page.css',
      'page.js',
    ])
    expect(items).toHaveLength(2)
    expect(Object.keys(JSON.parse(files['data/told/items/a.js'] ?? '') as object)).toEqual([
      '/api/runs/told/attempts/a',
      '/api/runs/told/samples/a/0',
      '/api/runs/told/samples/a/1',
    ])
    expect(JSON.parse(files['data/abilities.js'] ?? '')).toMatchObject({ '/api/abilities': { may_act: false } })
    expect(files['index.html']).toContain('&quot;open_runs&quot;:[&quot;told&quot;]')
  })

  test('tells nothing of the machine, its addresses, variables and keys', async () => {
    await write()
    const all = Object.values(await readSite()).join('\n')
    for (const secret of [root, 'secret-lab', '/mnt/lab', '127.0.0.1', 'sk-live', 'MY_API_KEY']) {
      expect(all).not.toContain(secret)
    }
    expect(all).toContain('401 from [address]: no key [key] in [variable]')
    expect(all).toContain('I read …/data.')
  })

  test('leaves the expected outputs of test inputs out, if it is told to', async () => {
    await write({ withExpected: false })
    const files = await readSite()
    expect(Object.keys(files).filter((name) => name.includes('expected'))).toEqual([])
    expect(Object.values(files).join('\n')).not.toContain('7,7,7')
  })

  test('leaves nothing behind when it is interrupted, and never writes over anything', async () => {
    const controller = new AbortController()
    const interrupted = write({ signal: controller.signal, onItem: () => controller.abort() })
    await expect(interrupted).rejects.toThrow(/abort/)
    expect(await readdir(join(root, 'out'))).toEqual([])
    await mkdir(join(root, 'out/site'))
    await writeFile(join(root, 'out/site/own.txt'), 'mine')
    expect(await write()).toBe(false)
    expect(await readdir(join(root, 'out'))).toEqual(['site'])
    expect(await readdir(join(root, 'out/site'))).toEqual(['own.txt'])
  })

  test('says how to build its page where that is missing, before it writes anything', async () => {
    await rm(join(root, 'page/page.js'))
    await expect(write()).rejects.toThrow(SitePageMissing)
    await expect(write()).rejects.toThrow(/npm run build/)
    expect(await readdir(root)).not.toContain('out')
  })
})
