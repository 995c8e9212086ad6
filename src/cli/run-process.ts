import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { exitCodes, type ExitCode } from './exit-codes.ts'

/** Runs a program of ours in a Node process of its own, so that the client never loads its modules; signals reach both. */
export async function runProcess(args: readonly string[]): Promise<ExitCode> {
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A terminal signals the whole process group; other signals are forwarded.
    process.on(signal, () => signal === 'SIGTERM' && child.kill(signal))
  }
  const [code] = (await once(child, 'exit')) as [number | null]
  return (code ?? exitCodes.unreachable) as ExitCode
}
