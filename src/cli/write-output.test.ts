import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { describeError } from './describe-error.ts'
import { exitCodes } from './exit-codes.ts'
import { explainUnwritable } from './output-unwritable.ts'
import { checkOutput, writeOutput } from './write-output.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-output-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a new file is written completely, and its path printed', async () => {
  const output = checkOutput(join(folder, 'r.md'))
  expect(await writeOutput(output, ['text'])).toBe(output)
  expect(await readFile(output, 'utf8')).toBe('text')
  expect(await readdir(folder)).toEqual(['r.md'])
})

test('an existing file stays as it is, whenever it was created', async () => {
  const path = join(folder, 'r.md')
  const output = checkOutput(path)
  await writeFile(path, 'mine')
  expect(() => checkOutput(path)).toThrow(`${path} already exists and will not be overwritten.`)
  await expect(writeOutput(output, ['text'])).rejects.toThrow('will not be overwritten')
  expect(await readFile(path, 'utf8')).toBe('mine')
  expect(await readdir(folder)).toEqual(['r.md'])
})

test('a broken link counts as an existing file', async () => {
  await symlink(join(folder, 'nowhere'), join(folder, 'link'))
  expect(() => checkOutput(join(folder, 'link'))).toThrow('already exists')
})

test('a path that cannot be a new file is refused with what was given and what is needed', async () => {
  await mkdir(join(folder, 'there'))
  await writeFile(join(folder, 'file'), '')
  expect(() => checkOutput('')).toThrow('--output "": give the path of a new file.')
  expect(() => checkOutput(join(folder, 'there'))).toThrow(/is a folder; give a new file, such as .*report\.html/)
  expect(() => checkOutput(`${folder}/new/`)).toThrow('is a folder')
  expect(() => checkOutput(join(folder, 'no', 'r.md'))).toThrow(`the folder ${join(folder, 'no')} does not exist.`)
  expect(() => checkOutput(join(folder, 'file', 'r.md'))).toThrow(`the folder ${join(folder, 'file')} does not exist.`)
})

test('an error of the operating system is reported with the file, and leaves nothing behind', async () => {
  const output = checkOutput(join(folder, 'n'.repeat(300)))
  const error: unknown = await writeOutput(output, ['text']).catch((error: unknown) => error)
  expect(describeError(error)).toMatchObject({
    exitCode: exitCodes.unreachable,
    type: 'disk',
    message: expect.stringMatching(/Nothing was written to .*n+: the name is too long \(ENAMETOOLONG\)\.$/),
  })
  expect(await readdir(folder)).toEqual([])
})

test('a full disk is explained', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  expect(describeError(explainUnwritable('/x/r.md', full))).toMatchObject({
    type: 'disk',
    message: 'Nothing was written to /x/r.md: the disk is full (ENOSPC).',
  })
})
