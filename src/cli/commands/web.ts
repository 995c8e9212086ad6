import { Command } from 'commander'
import { prepareDataDir } from '../../config.ts'
import { listPageArguments } from '../../stack/page-arguments.ts'
import { createContext } from '../context.ts'
import { endWith } from '../end-with.ts'
import { runProcess } from '../run-process.ts'

export function createWebCommand(): Command {
  return new Command('web')
    .description('the page alone: explore, solve and annotate tasks; needs no server')
    .action(() => {
      const { config } = createContext()
      prepareDataDir(config)
      return endWith(runProcess(listPageArguments(config)))
    })
}
