import { Command } from 'commander'
import type { RunFlags } from '../../operations/run-flags.ts'
import { addLimitFlags, addRunFlags } from '../runs/add-run-flags.ts'
import { startRuns } from '../runs/start-runs.ts'
import { endWith } from '../terminal/end-with.ts'

export function createGenerateCommand(): Command {
  const command = new Command('generate').description('generate synthetic training data with a model')
  addRunFlags(command.command('reasoning'))
    .description('ask for explanations of the rule behind each task')
    .action((flags: RunFlags) => endWith(startRuns('generation', 'reasoning', flags)))
  addLimitFlags(addRunFlags(command.command('code')))
    .description('ask for explanations with a program, and verify it in the sandbox')
    .action((flags: RunFlags) => endWith(startRuns('generation', 'code', flags)))
  return command
}
