import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMissing } from './files/error-code.ts'

const projectRoot = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Hashes the code that the stack's processes run: everything below `src` except the client's own commands and tests, the
 * sandbox's program, and the versions of the packages. Two processes with different code may send models different prompts, or
 * fail to replay each other's workflows.
 *
 * It reads the files as they are now: a process started before an update runs other code.
 */
export function hashCode(): string {
  const hash = createHash('sha256')
  const sources = list(join(projectRoot, 'src')).filter((name) => /(?<!\.test)\.ts$/.test(name) && !/^cli\b/.test(name))
  const paths = [...sources.sort().map((name) => join('src', name)), 'sandbox/zygote.py', 'package-lock.json']
  for (const path of paths)
    hash
      .update(`${path}\0`)
      .update(read(join(projectRoot, path)))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}

function list(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
}

/** A file may disappear while the others are read. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return ''
    throw error
  }
}
