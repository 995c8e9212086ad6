import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../../adapters/process-identity.ts'
import type { Config } from '../../config.ts'
import { listStackFiles, readIdentity, readStackFile, type StackFiles } from './stack-files.ts'
import { isServing, type StackStatus } from './stack-status.ts'

export interface StackReport {
  /** `unsupervised`: parts run, but their supervisor was killed; the next command restarts it. */
  readonly state: 'down' | 'starting' | 'up' | 'failed' | 'ending' | 'unsupervised'
  readonly status?: StackStatus
}

/** The state of a data folder's stack, without starting anything. */
export function readStackStatus(config: Pick<Config, 'stateDir'>): StackReport {
  const files = listStackFiles(config)
  const status = readLivingStatus(files)
  if (!status) return { state: hasLivingParts(files) ? 'unsupervised' : 'down' }
  const parts = Object.values(status.parts)
  if (status.ending) return { state: 'ending', status }
  if (parts.some((part) => part.state === 'failed')) return { state: 'failed', status }
  return { state: parts.length > 0 && parts.every(isServing) ? 'up' : 'starting', status }
}

/** The supervisor's status, if it is alive. */
export function readLivingStatus(files: StackFiles): StackStatus | undefined {
  const identity = readIdentity(files.status)
  if (!identity || !isAlive(identity)) return undefined
  // Written whole by a living supervisor, of this version or one with the same format: hence the cast.
  return readStackFile(files.status) as StackStatus | undefined
}

export function hasLivingParts(files: StackFiles): boolean {
  return listNames(files.parts).some((name) => {
    const identity = readIdentity(join(files.parts, name))
    return identity !== undefined && isAlive(identity)
  })
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
