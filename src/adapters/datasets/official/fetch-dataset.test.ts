import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { buildArchive, type ArchiveEntry } from '../../../../test/support/build-archive.ts'
import { findFreePort } from '../../../../test/support/find-free-port.ts'
import { serveFile, type FileServer } from '../../../../test/support/serve-file.ts'
import { fetchDataset, type FetchRequest } from './fetch-dataset.ts'
import { hashGitTree } from './hash-git-tree.ts'
import type { OfficialSet } from './official-sets.ts'

// Large enough to arrive in several chunks, and impossible to compress.
const tasks = Object.fromEntries(
  Array.from({ length: 40 }, (_, n) => [`${n}.json`, randomBytes(20_000).toString('hex')]),
)
const evaluation = { 'e.json': '{}' }
const treeOf = (files: Record<string, string>) => {
  return hashGitTree(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])))
}
const set: OfficialSet = {
  name: 'set',
  repository: 'owner/name',
  commit: '0123456789abcdef',
  trees: { 'data/training': treeOf(tasks), 'data/evaluation': treeOf(evaluation) },
}
const listEntries = (files: Record<string, string>, folder: string): ArchiveEntry[] =>
  Object.entries(files).map(([name, text]) => ({ path: `name-0123/${folder}/${name}`, text }))
const honest: ArchiveEntry[] = [
  { path: 'name-0123/', type: 'Directory' },
  { path: 'name-0123/LICENSE', text: 'licence' },
  { path: 'name-0123/app.js', text: 'not kept' },
  { path: 'name-0123/link', type: 'SymbolicLink', linkpath: '/etc/passwd' },
  ...listEntries(tasks, 'data/training'),
  ...listEntries(evaluation, 'data/evaluation'),
]
const archive = buildArchive(honest)

let root: string
let folder: string
let server: FileServer | undefined
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-fetch-'))
  folder = join(root, 'datasets')
})
afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(root, { recursive: true })
})

const fetchFrom = (from: string, more: Partial<FetchRequest> = {}) =>
  fetchDataset({ set, from, folder, onProgress: (bytes) => server?.received(bytes), pauseMs: 1, ...more })
async function writeArchive(entries: readonly ArchiveEntry[]): Promise<string> {
  const path = join(root, 'archive.tar.gz')
  await writeFile(path, buildArchive(entries))
  return path
}
const listVisible = async () => (await readdir(folder)).filter((name) => !name.startsWith('.'))

describe('fetchDataset', () => {
  test('makes the whole set appear at once, with its licence and nothing else', async () => {
    server = await serveFile(archive)
    expect(await fetchFrom(server.address)).toEqual({ path: join(folder, 'set'), outcome: 'fetched' })
    expect((await readdir(join(folder, 'set'))).sort()).toEqual(['LICENSE', 'data'])
    expect((await readdir(join(folder, 'set', 'data', 'training'))).sort()).toEqual(Object.keys(tasks).sort())
    expect(await readFile(join(folder, 'set', 'data', 'training', '7.json'), 'utf8')).toBe(tasks['7.json'])
    expect(await readdir(join(folder, '.fetch'))).toEqual([])
  })

  test('makes no request when the set is already there', async () => {
    server = await serveFile(archive)
    await fetchFrom(server.address)
    expect((await fetchFrom(server.address)).outcome).toBe('present')
    expect(server.requests).toHaveLength(1)
  })

  test('is done once when two processes ask at the same time', async () => {
    server = await serveFile(archive)
    const { address } = server
    const fetched = await Promise.all([fetchFrom(address), fetchFrom(address)])
    expect(fetched.map(({ outcome }) => outcome).sort()).toEqual(['fetched', 'present'])
  })

  test('does not touch a folder whose content was changed', async () => {
    server = await serveFile(archive)
    await fetchFrom(server.address)
    const task = join(folder, 'set', 'data', 'training', '7.json')
    await writeFile(task, 'mine')
    await expect(fetchFrom(server.address)).rejects.toThrow(/data\/training: other content.*remove the folder/)
    expect(await readFile(task, 'utf8')).toBe('mine')
  })

  test('accepts a local archive, and a folder that holds the repository', async () => {
    await fetchFrom(await writeArchive(honest))
    await rm(join(folder, 'set', 'LICENSE'))
    await fetchFrom(join(folder, 'set'), { folder: join(root, 'other') })
    expect(await readdir(join(root, 'other', 'set', 'data', 'evaluation'))).toEqual(['e.json'])
  })

  test.each<[string, ArchiveEntry[], RegExp]>([
    ['escapes through ..', [{ path: 'name/../../escaped.json', text: 'x' }], /escaped\.json: a path that leads out/],
    ['is an absolute path', [{ path: '/tmp/escaped.json', text: 'x' }], /leads out/],
    [
      'is a symbolic link',
      [{ path: 'name/data/training/a.json', type: 'SymbolicLink', linkpath: '/etc/passwd' }],
      /a SymbolicLink/,
    ],
    ['is a hard link', [{ path: 'name/data/training/a.json', type: 'Link', linkpath: '/etc/passwd' }], /a Link/],
    ['is a device', [{ path: 'name/data/training/a.json', type: 'CharacterDevice' }], /a CharacterDevice/],
    [
      'changes a task',
      [{ path: 'name/data/training/7.json', text: 'other' }],
      /data\/training: other content than owner\/name/,
    ],
    ['is an extra task', [{ path: 'name/data/training/more.json', text: '{}' }], /data\/training: other content/],
  ])('refuses an archive with an entry that %s', async (_, entries, words) => {
    await expect(fetchFrom(await writeArchive([...honest, ...entries]))).rejects.toThrow(words)
    expect(await listVisible()).toEqual([])
    expect(await readdir(root)).toEqual(['archive.tar.gz', 'datasets'])
  })

  test.each([
    ['archiveBytes', 1000, /larger than 1000 bytes/],
    ['unpackedBytes', 100_000, /unpacks to more than 100000 bytes/],
    ['keptBytes', 100_000, /more than 100000 bytes of files/],
    ['keptFiles', 5, /more than 5 files/],
  ])('refuses an archive over the limit of %s', async (limit, most, words) => {
    server = await serveFile(archive)
    await expect(fetchFrom(server.address, { limits: { [limit]: most } })).rejects.toThrow(words)
    expect(await listVisible()).toEqual([])
  })

  test('refuses an entry that claims to be larger than the limit for the whole archive', async () => {
    const path = await writeArchive([{ path: 'name/data/training/a.json', text: 'x', size: 8_000_000_000 }])
    await expect(fetchFrom(path)).rejects.toThrow(/more than \d+ bytes of files/)
  })

  test.each([
    ['half an archive', archive.subarray(0, archive.length / 2), /not a complete archive/],
    ['text', Buffer.from('<html>sign in</html>'), /not a complete archive|no such files/],
    ['a zip', Buffer.from('PK\u0003\u0004'), /a zip archive; unpack it/],
    ['nothing', Buffer.alloc(0), /no such files|not a complete archive/],
  ])('says what is wrong with %s', async (_, bytes, words) => {
    const path = join(root, 'given')
    await writeFile(path, bytes)
    await expect(fetchFrom(path)).rejects.toThrow(words)
  })

  test('says when the file does not exist', async () => {
    await expect(fetchFrom(join(root, 'missing'))).rejects.toThrow(/missing: there is no such file/)
    await mkdir(join(root, 'empty'))
    await expect(fetchFrom(join(root, 'empty'))).rejects.toThrow(/no such files; is it owner\/name\?/)
  })

  test('keeps an unfinished download out of the lists of tasks', async () => {
    server = await serveFile(archive, { breaks: Array<number>(9).fill(0) })
    await expect(fetchFrom(server.address)).rejects.toThrow()
    expect(await listVisible()).toEqual([])
    expect(dirname(folder)).toBe(root)
  })
})

describe('a download that breaks off', () => {
  const third = Math.floor(archive.length / 3)

  test('resumes where it stopped', async () => {
    server = await serveFile(archive, { etag: '"1"', breaks: [third, third] })
    await fetchFrom(server.address)
    const ranges = server.requests.map(({ headers }) => [headers.range, headers['if-range']])
    expect(ranges).toEqual([
      [undefined, undefined],
      [`bytes=${third}-`, '"1"'],
      [`bytes=${2 * third}-`, '"1"'],
    ])
  })

  test('resumes in another process', async () => {
    server = await serveFile(archive, { etag: '"1"', breaks: [third, ...Array<number>(9).fill(0)] })
    await expect(fetchFrom(server.address)).rejects.toThrow(`broke off after ${third.toLocaleString('en-US')} bytes`)
    const before = server.requests.length
    await expect(fetchFrom(server.address)).rejects.toThrow(/broke off/)
    expect(server.requests[before]?.headers.range).toBe(`bytes=${third}-`)
  })

  test.each(['null', '7', '[]', '{"address": 1}', '{"addr'])(
    'starts over when the note beside the part is %s',
    async (note) => {
      server = await serveFile(archive, { etag: '"1"', breaks: [third, ...Array<number>(9).fill(0)] })
      await expect(fetchFrom(server.address)).rejects.toThrow(/broke off/)
      const before = server.requests.length
      const parts = await readdir(join(folder, '.fetch'), { recursive: true })
      const notes = parts.filter((name) => name.endsWith('.part.json'))
      expect(notes).toHaveLength(1)
      for (const name of notes) await writeFile(join(folder, '.fetch', name), note)
      await expect(fetchFrom(server.address)).rejects.toThrow()
      expect(server.requests[before]?.headers.range).toBeUndefined()
    },
  )

  test('starts over when the content may have changed', async () => {
    server = await serveFile(Buffer.from('of yesterday '.repeat(1000)), { etag: '"1"', breaks: [3000, 0, 0, 0, 0] })
    await expect(fetchFrom(server.address)).rejects.toThrow()
    server.replace(archive, '"2"')
    expect((await fetchFrom(server.address)).outcome).toBe('fetched')
  })

  test('starts over when the server refuses range requests', async () => {
    server = await serveFile(archive, { etag: '"1"', breaks: [third], refusesParts: true })
    expect((await fetchFrom(server.address)).outcome).toBe('fetched')
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, `bytes=${third}-`, undefined])
  })

  test.each([
    ['has no ETag', {}],
    ['has a weak ETag', { etag: 'W/"1"' }],
  ])('starts over when the server %s', async (_, options) => {
    server = await serveFile(archive, { ...options, breaks: [third] })
    expect((await fetchFrom(server.address)).outcome).toBe('fetched')
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined])
  })

  test('is not taken for the set next time when its content turns out to be something else', async () => {
    server = await serveFile(buildArchive(honest.slice(0, -1)), { etag: '"1"' })
    await expect(fetchFrom(server.address)).rejects.toThrow(/data\/evaluation: there are no such files/)
    server.replace(archive, '"2"')
    expect((await fetchFrom(server.address)).outcome).toBe('fetched')
  })
})

describe('a server', () => {
  test('that cannot be reached is named', async () => {
    const address = `http://127.0.0.1:${await findFreePort()}/x.tar.gz`
    await expect(fetchFrom(address)).rejects.toThrow(new RegExp(`${address} cannot be reached: .*ECONNREFUSED`))
  })

  test('that does not have the file is named', async () => {
    server = await serveFile(archive, { status: 404 })
    await expect(fetchFrom(server.address)).rejects.toThrow(/answers 404/)
  })
})
