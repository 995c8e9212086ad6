import { Command } from 'commander'
import type { RunFlags } from '../../operations/run-flags.ts'
import { addLimitFlags, addRunFlags } from '../runs/add-run-flags.ts'
import { startRuns } from '../runs/start-runs.ts'
import { endWith } from '../terminal/end-with.ts'

export function createBenchmarkCommand(): Command {
  const command = new Command('benchmark').description('ask a model, run its programs, score them')
  addLimitFlags(addRunFlags(command.command('code')))
    .description('ask for programs that solve tasks, and verify them in the sandbox')
    .action((flags: RunFlags) => endWith(startRuns('benchmark', 'code', flags)))
  addRunFlags(command.command('direct'))
    .description('ask for output grids, with one request per test input and sample')
    .action((flags: RunFlags) => endWith(startRuns('benchmark', 'direct', flags)))
  return command
}
