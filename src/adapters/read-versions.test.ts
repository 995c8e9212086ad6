import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readVersions } from './read-versions.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-versions-'))
  await putPackage('node_modules/@temporalio/client', '{"version": "1.2.3"}')
})
afterEach(() => rm(root, { recursive: true }))

async function putPackage(folder: string, text: string): Promise<void> {
  await mkdir(join(root, folder), { recursive: true })
  await writeFile(join(root, folder, 'package.json'), text)
}

describe('versions', () => {
  test("are those of the project, Node and Temporal's SDK, without a commit outside a checkout", async () => {
    await putPackage('', '{"name": "arcloom", "version": "0.1.0"}')
    expect(await readVersions(root)).toEqual({ arcloom: '0.1.0', node: process.version, temporal_sdk: '1.2.3' })
  })

  test.each([
    ['{"version": 7}', ' at version: must be a text; found 7'],
    ['{}', ' at version: must be a text; it is missing'],
    ['null', ': must be an object'],
    ['{"version"', ': not JSON'],
  ])('are refused with the place of the fault when package.json is %s', async (text, fault) => {
    await putPackage('', text)
    await expect(readVersions(root)).rejects.toThrow(`${join(root, 'package.json')}${fault}`)
  })
})
