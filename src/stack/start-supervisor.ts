import { fileURLToPath } from 'node:url'
import type { Config } from '../config.ts'
import { readLastWords, sizeOf } from './parts/log-file.ts'
import { nodeFlags } from './parts/part.ts'
import { spawnDetached } from './parts/spawn-detached.ts'
import { StackFailed } from './stack-failed.ts'
import { listStackFiles } from './state/stack-files.ts'

/** The supervisor's program; tests use one with other parts. */
export const supervisorProgram = fileURLToPath(new URL('main.ts', import.meta.url))

const nothingStarted = { exitCode: 0, wasKilled: false }

/**
 * Starts supervisors until one is running. If two start at once, the one without the lock exits by itself, and one may be killed
 * by whoever just killed everything else: neither is a failure. A supervisor that crashes is.
 */
export function createSupervisorStarter(config: Config, program: string): { readonly startWhenMissing: () => void } {
  const logPath = listStackFiles(config).log('supervisor')
  let ended: { readonly exitCode: number | null; readonly wasKilled: boolean } | undefined = nothingStarted
  let logStart = 0
  return {
    /** @throws {StackFailed} if the started one crashed */
    startWhenMissing() {
      if (!ended) return
      if (ended.exitCode !== 0 && !ended.wasKilled)
        throw new StackFailed(`The supervisor ended at once: ${readLastWords(logPath, logStart) ?? `see ${logPath}`}`)
      ended = undefined
      logStart = sizeOf(logPath)
      const launch = { command: process.execPath, args: [...nodeFlags, program], env: config.environment() }
      const child = spawnDetached(launch, { cwd: config.projectRoot, logPath })
      child.once('error', () => (ended = { exitCode: null, wasKilled: false }))
      child.once('exit', (exitCode, signal) => (ended = { exitCode, wasKilled: signal !== null }))
      child.unref()
    },
  }
}
