import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { nodeFlags } from '../../stack/parts/part.ts'
import { runProcess } from '../run-process.ts'
import { endWith } from '../terminal/end-with.ts'

const main = fileURLToPath(new URL('../../workers/main.ts', import.meta.url))

/**
 * Its default queues do not include `unprotected`: it does not start without a sandbox, and nobody elsewhere can have programs run
 * unprotected on this machine.
 */
export function createWorkerCommand(): Command {
  return new Command('worker')
    .description('run one worker, to use several machines; needs TEMPORAL_ADDRESS and the data folder')
    .option('--queues <names>', 'queues it serves; `unprotected` only if named', 'runs,models,sandbox')
    .action(({ queues }: { queues: string }) => endWith(runProcess([...nodeFlags, main, '--queues', queues])))
}
