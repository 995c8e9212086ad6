import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import type { SampleFacts } from '../support/build-record.ts'
import { buildPairs } from '../support/build-run.ts'
import { mountDisk, unmountDisk } from '../support/mount-disk.ts'
import { putRun } from '../support/put-run.ts'
import { beginClient } from '../support/run-client.ts'
import { buildPage } from '../support/serve-page.ts'

/** A full disk. Only root may mount one; otherwise these tests are skipped. */
const disk = mountDisk('4k')
const whereMountable = disk === undefined ? test.skip : test
afterAll(() => {
  if (disk !== undefined) unmountDisk(disk)
})

let folder: string
beforeAll(async () => {
  if (disk !== undefined) await writeFile(join(disk, 'filling'), '.'.repeat(4096))
  folder = await mkdtemp(join(tmpdir(), 'arcloom-output-files-'))
  const store = createRunStore(createFileBlobs(join(folder, 'data', 'runs')), 'test')
  const solve = (...tasks: boolean[]) =>
    tasks.map((solved, index): SampleFacts[] => [
      { passes: true, outputs: [solved ? (buildPairs(index).test[0]?.output ?? null) : [[5]]] },
    ])
  await putRun(store, solve(true, true, false), { runId: 'first' })
  await putRun(store, solve(true, false, false), { runId: 'second' })
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs a command in the folder, with the data elsewhere. */
async function run(...words: string[]) {
  const environment = { ...process.env, ARCLOOM_DATA_DIR: join(folder, 'data') }
  return await beginClient(words, environment, { cwd: folder }).ended
}

const commands: readonly (readonly [string, readonly string[]])[] = [
  ['report', ['report', 'first']],
  ['compare', ['compare', 'first', 'second']],
]

describe.each(commands)('%s --output', (name, words) => {
  test.each([
    ['md', /^# /],
    ['html', /^<!doctype html>/],
    ['json', /^\{\n/],
    ['txt', name === 'report' ? /^# Benchmark first/ : /^d training\n/],
  ])(
    'writes what it would print, in the format of the extension .%s, and says where',
    async (ending, start) => {
      const file = `${name}.${ending}`
      const written = await run(...words, '--output', file)
      expect(written).toMatchObject({ code: 0, stdout: `${file}\n` })
      const text = await readFile(join(folder, file), 'utf8')
      expect(text).toMatch(start)
      const printed = await run(...words, '--format', ending === 'txt' ? 'text' : ending)
      // Only the summary on the screen shows its paths as the user typed them.
      if (ending !== 'txt' || name === 'compare') expect(printed.stdout).toBe(text)
    },
    60_000,
  )

  test('prefers a format given by a flag to that of the extension, and keeps --json as it was', async () => {
    await run(...words, '--output', `${name}-page`, '--format', 'html')
    expect(await readFile(join(folder, `${name}-page`), 'utf8')).toMatch(/^<!doctype html>/)
    await run(...words, '--output', `${name}-document`, '--json')
    const document: unknown = JSON.parse(await readFile(join(folder, `${name}-document`), 'utf8'))
    expect(document).toEqual(JSON.parse((await run(...words, '--json')).stdout))
  })

  test('never overwrites a file, and writes to no folder that does not exist', async () => {
    const mine = join(folder, `${name}-mine.html`)
    await writeFile(mine, 'mine')
    await mkdir(join(folder, `${name}-folder`))
    const refusals = [
      [
        `${name}-mine.html`,
        /-mine\.html already exists and will not be overwritten\. Give another path: --output PATH/,
      ],
      [`${name}-folder`, /is a folder; give a new file/],
      ['missing/r.html', /--output missing\/r\.html: the folder missing does not exist\./],
    ] as const
    for (const [path, said] of refusals) {
      const { code, stdout, stderr } = await run(...words, '--output', path)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(said)
    }
    expect(await readFile(mine, 'utf8')).toBe('mine')
    expect(await readdir(folder)).not.toContain('missing')
  })

  whereMountable(
    'leaves nothing behind on a full disk, and says that the disk is full',
    async () => {
      const { code, stdout, stderr } = await run(...words, '--output', join(disk ?? '', 'r.html'))
      expect({ code, stdout }).toEqual({ code: 5, stdout: '' })
      expect(stderr).toContain('r.html: the disk is full (ENOSPC).')
      expect(await readdir(disk ?? '')).toEqual(['filling'])
    },
    60_000,
  )
})

describe('report --format site', () => {
  test.each([
    ['no folder', ['report', 'first', '--format', 'site'], /npx arcloom report first --format site --output site/],
    ['an existing folder', ['report', 'first', '--format', 'site', '--output', 'data'], /^data already exists/],
    [
      'no parent folder',
      ['report', 'first', '--format', 'site', '--output', 'no/site'],
      /the folder no does not exist/,
    ],
    ['a run that there is not', ['report', 'third', '--format', 'site', '--output', 'site'], /There is no run "third"/],
    ['several runs in another format', ['report', 'first', 'second'], /npx arcloom compare first second/],
    ['its flag with another format', ['report', 'first', '--without-expected'], /works only with --format site/],
  ])('given %s, says what to type and writes nothing', async (_, words, said) => {
    const before = await readdir(folder)
    const { code, stdout, stderr } = await run(...words)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(said)
    expect(await readdir(folder)).toEqual(before)
  })

  test.each([
    { flags: [], hasExpected: true },
    { flags: ['--without-expected'], hasExpected: false },
  ])('writes a new folder that can be opened, with $flags', async ({ flags, hasExpected }) => {
    const project = fileURLToPath(new URL('../..', import.meta.url))
    // As `npm run build` does.
    if (!existsSync(join(project, 'web/dist-site/page.js'))) {
      await buildPage(join(project, 'web/dist-site'), 'web/vite.site.config.ts')
    }
    const name = hasExpected ? 'site' : 'hidden-site'
    const words = ['report', 'first', 'second', '--format', 'site', '--output', name, ...flags]
    const { code, stdout, stderr } = await run(...words)
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${name}\n` })
    expect(stderr).toContain(`Open ${name}/index.html`)
    expect(stderr.includes('--without-expected')).toBe(hasExpected)
    const files = await readdir(join(folder, name), { recursive: true })
    expect(files).toEqual(
      expect.arrayContaining(['index.html', 'page.js', 'page.css', 'data/first/run.js', 'data/second/run.js']),
    )
    expect(files.some((file) => file.includes('expected'))).toBe(hasExpected)
    const again = await run(...words)
    expect(again).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`${name} already exists`) })
  })
})
