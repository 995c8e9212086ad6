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
    .option('--queues <names>', 'the ones it serves; `unprotected` only ever when named', 'runs,models,sandbox')
    .action((flags: { queues: string }) => endWith(runWorker(flags.queues)))
}

/**
 * As a process of its own, so that the client never loads what a worker needs; signals reach both. Its queues are named, so it
 * does not start where there is no sandbox, and nobody elsewhere can have programs run unprotected on this machine.
 */
async function runWorker(queues: string): Promise<ExitCode> {
  const args = ['--disable-warning=ExperimentalWarning', main, '--queues', queues]
  const worker = spawn(process.execPath, args, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A terminal sends its signals to the whole group; others are passed on.
    process.on(signal, () => signal === 'SIGTERM' && worker.kill(signal))
  }
  const [code] = (await once(worker, 'exit')) as [number | null]
  return (code ?? exitCodes.unreachable) as ExitCode
}
