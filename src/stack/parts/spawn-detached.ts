import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync } from 'node:fs'
import { openLog } from './log-file.ts'
import type { Launch } from './part.ts'

/**
 * Starts a process that outlives this one: in its own session, so that Ctrl-C in a terminal does not reach it, and
 * with its output in a file, since a pipe would break with its reader.
 */
export function spawnDetached(
  { command, args, env }: Launch,
  { cwd, logPath }: { readonly cwd: string; readonly logPath: string },
): ChildProcess {
  const log = openLog(logPath)
  try {
    return spawn(command, args, { cwd, env: { ...env }, detached: true, stdio: ['ignore', log, log] })
  } finally {
    closeSync(log)
  }
}
