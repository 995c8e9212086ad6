import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { nodeFlags } from '../../stack/parts/part.ts'
import { runProcess } from '../run-process.ts'
import { endWith } from '../terminal/end-with.ts'

const main = fileURLToPath(new URL('../../workers/main.ts', import.meta.url))

/**
 * Its queues are named, so it does not start where there is no sandbox, and nobody elsewhere can have programs run unprotected
 * on this machine.
 */
export function createWorkerCommand(): Command {
  return new Command('worker')
    .description('one worker alone, for several machines: needs TEMPORAL_ADDRESS and the data folder')
    .option('--queues <names>', 'the ones it serves; `unprotected` only ever when named', 'runs,models,sandbox')
    .action(({ queues }: { queues: string }) => endWith(runProcess([...nodeFlags, main, '--queues', queues])))
}
