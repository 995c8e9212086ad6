import { Command } from 'commander'
import { prepareDataDir } from '../../config.ts'
import { listPageArguments, type PageDoor } from '../../stack/parts/page-arguments.ts'
import { createContext } from '../context.ts'
import { ipAddress } from '../parse-values.ts'
import { runProcess } from '../run-process.ts'
import { endWith } from '../terminal/end-with.ts'

export function createWebCommand(): Command {
  return new Command('web')
    .description('the page alone: explore, solve and annotate tasks; needs no server')
    .option(
      '--host <address>',
      'listen there, for other machines: 0.0.0.0 is all this machine has; visitors need the token that is printed (default: 127.0.0.1)',
      ipAddress,
    )
    .option('--token', 'ask visitors for a token on 127.0.0.1 too: for a proxy in front')
    .action((door: PageDoor) => {
      const { config } = createContext()
      prepareDataDir(config)
      return endWith(runProcess(listPageArguments(config, door)))
    })
}
