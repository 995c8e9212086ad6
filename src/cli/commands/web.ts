import { Command } from 'commander'
import { prepareDataDir } from '../../config.ts'
import { ipAddress } from '../../operations/parse-values.ts'
import { listPageArguments, type PageDoor } from '../../stack/parts/page-arguments.ts'
import { createContext } from '../context.ts'
import { runProcess } from '../run-process.ts'
import { endWith } from '../terminal/end-with.ts'

export function createWebCommand(): Command {
  return new Command('web')
    .description('serve only the page, to explore, solve and annotate tasks; needs no Temporal server')
    .option(
      '--host <address>',
      'address to listen on, for other machines; 0.0.0.0 means every address of this one; visitors need the printed token (default: 127.0.0.1)',
      ipAddress,
    )
    .option('--token', 'require the token on 127.0.0.1 too, for use behind a proxy')
    .option(
      '--allow-runs',
      'let visitors with the token start and steer runs, run programs and ask models, which costs money',
    )
    .action((door: PageDoor) => {
      const { config } = createContext()
      prepareDataDir(config)
      return endWith(runProcess(listPageArguments(config, door)))
    })
}
