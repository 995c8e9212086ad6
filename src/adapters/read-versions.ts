import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What runs keep of where they came from: Arcloom's version and commit, Node, and Temporal's SDK. */
export async function readVersions(projectRoot: string): Promise<Record<string, string>> {
  const [arcloom, temporal, commit] = await Promise.all([
    readVersion(join(projectRoot, 'package.json')),
    readVersion(join(projectRoot, 'node_modules', '@temporalio', 'client', 'package.json')),
    readCommit(projectRoot),
  ])
  return { arcloom, ...(commit !== undefined && { commit }), node: process.version, temporal_sdk: temporal }
}

async function readVersion(path: string): Promise<string> {
  const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string }
  return version
}

/** Marked where the checkout differs from it. Absent where this is no checkout. */
async function readCommit(projectRoot: string): Promise<string | undefined> {
  const args = ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*']
  return promisify(execFile)('git', args, { cwd: projectRoot }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  )
}
