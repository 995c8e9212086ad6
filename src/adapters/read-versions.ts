import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { MalformedInput } from '../domain/malformed-input.ts'
import { readJsonBy } from './files/read-json-by.ts'

/**
 * Versions that runs record: Arcloom's version and commit, Node, and Temporal's SDK.
 *
 * @throws {MalformedInput} when a package.json has no version
 */
export async function readVersions(projectRoot: string): Promise<Record<string, string>> {
  const [arcloom, temporal, commit] = await Promise.all([
    readVersion(join(projectRoot, 'package.json')),
    readVersion(join(projectRoot, 'node_modules', '@temporalio', 'client', 'package.json')),
    readCommit(projectRoot),
  ])
  return { arcloom, ...(commit !== undefined && { commit }), node: process.version, temporal_sdk: temporal }
}

const packageSchema = z.object({ version: z.string('must be a text') }, 'must be an object')

async function readVersion(path: string): Promise<string> {
  const reading = readJsonBy(packageSchema, await readFile(path, 'utf8'), path)
  if ('value' in reading) return reading.value.version
  throw reading.faults[0] ?? new MalformedInput(path, '', 'not a package.json')
}

/** Marked if the checkout differs from it. Undefined outside a checkout. */
async function readCommit(projectRoot: string): Promise<string | undefined> {
  const args = ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*']
  return promisify(execFile)('git', args, { cwd: projectRoot }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  )
}
