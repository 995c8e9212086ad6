import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { exitCodes, type ExitCode } from './exit-codes.ts'

/** Runs Node on a program of ours until it ends, so that the client never loads what it needs; signals reach both. */
export async function runProcess(args: readonly string[]): Promise<ExitCode> {
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A terminal sends its signals to the whole group; others are passed on.
    process.on(signal, () => signal === 'SIGTERM' && child.kill(signal))
  }
  const [code] = (await once(child, 'exit')) as [number | null]
  return (code ?? exitCodes.unreachable) as ExitCode
}
