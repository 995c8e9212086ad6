import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openNoteFiles, readLivingNotes } from './note-files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-gates-'))
})
afterEach(() => rm(folder, { recursive: true }))

const content = { claims: {}, pauses: {}, views: [] }

async function writeOf(name: string, change: object): Promise<void> {
  const note = { identity: { pid: process.pid, startTime: 'another time' }, host: 'elsewhere', beat: 1, ...content }
  await writeFile(join(folder, `gate-${name}.json`), JSON.stringify({ ...note, ...change }))
}

test('a process reads the notes of others, not its own, and others read its', async () => {
  const files = openNoteFiles(join(folder, 'new'))
  await files.write(content)
  expect((await files.readOthers()).size).toBe(0)
  expect(await readLivingNotes(join(folder, 'new'))).toMatchObject([{ ...content, beat: 1 }])
  await files.write(undefined)
  expect(await readdir(join(folder, 'new'))).toEqual([])
})

test('the note of a process that has ended is removed', async () => {
  const { hostname } = await import('node:os')
  await writeOf('dead', { host: hostname() })
  expect(await readLivingNotes(folder)).toEqual([])
  expect((await openNoteFiles(folder).readOthers()).size).toBe(0)
  expect(await readdir(folder)).toEqual([])
})

test('a process on another machine counts as long as its note was rewritten of late', async () => {
  await writeOf('far', {})
  expect([...(await openNoteFiles(folder).readOthers()).keys()]).toEqual(['far'])
  expect(await readLivingNotes(folder)).toHaveLength(1)
  const longAgo = new Date(Date.now() - 20_000)
  await utimes(join(folder, 'gate-far.json'), longAgo, longAgo)
  expect(await readLivingNotes(folder)).toEqual([])
})

test('what is no note is left alone', async () => {
  await writeFile(join(folder, 'gate-torn.json'), '{"identity": ')
  await writeOf('later', { claims: [] })
  expect((await openNoteFiles(folder).readOthers()).size).toBe(0)
  expect(await readLivingNotes(folder)).toEqual([])
  expect(await readdir(folder)).toHaveLength(2)
})
