import { Command } from 'commander'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { endWith } from '../end-with.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'

const main = fileURLToPath(new URL('../../workers/main.ts', import.meta.url))

export function createWorkerCommand(): Command {
  return new Command('worker')
    .description('one worker alone, for several machines: needs TEMPORAL_ADDRESS and the data folder')
    .option('--queues <names>', 'runs, models, sandbox: the ones it serves (default: all)')
    .action((flags: { queues?: string }) => endWith(runWorker(flags.queues)))
}

/** As a process of its own, so that the client never loads what a worker needs; signals reach both. */
async function runWorker(queues: string | undefined): Promise<ExitCode> {
  const args = ['--disable-warning=ExperimentalWarning', main, ...(queues === undefined ? [] : ['--queues', queues])]
  const worker = spawn(process.execPath, args, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A terminal sends its signals to the whole group; others are passed on.
    process.on(signal, () => signal === 'SIGTERM' && worker.kill(signal))
  }
  const [code] = (await once(worker, 'exit')) as [number | null]
  return (code ?? exitCodes.unreachable) as ExitCode
}
