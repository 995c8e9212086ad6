import { Command, Option } from 'commander'
import type { TrainingFormat } from '../../adapters/exports/training-format.ts'
import { parquetFormat } from '../../adapters/exports/parquet.ts'
import { preferencesFormat } from '../../adapters/exports/preferences.ts'
import { repairFormat } from '../../adapters/exports/repair.ts'
import { leaderboardFormats } from '../../adapters/exports/leaderboard-formats.ts'
import { sftFormat } from '../../adapters/exports/sft.ts'
import { criteria } from '../../domain/exports/criterion.ts'
import { createContext } from '../context.ts'
import { endWith } from '../terminal/end-with.ts'
import { exportAttempts, type ExportAttemptsFlags } from '../exports/export-attempts.ts'
import { exportExamples, type ExportFlags } from '../exports/export-examples.ts'
import { collect } from '../parse-values.ts'

/** What training reads. */
const trainingFormats: readonly TrainingFormat[] = [sftFormat, preferencesFormat, repairFormat, parquetFormat]

export function createExportCommand(): Command {
  const command = new Command('export').description('what a run recorded, as files that others read: data/exports')
  for (const format of trainingFormats) {
    command
      .command(format.name)
      .argument('<run>')
      .description(format.description)
      .option('--output <path>', `a new file (default: data/exports/<run>-${format.name}.${format.extension})`)
      .addOption(new Option('--only <which>', 'which answers are good ones').choices(criteria))
      .option(
        '--guard <set>',
        'leave out what is kin to these tasks, too: arc-agi-1, arc-agi-2, or a path; repeatable',
        collect,
      )
      .option('--allow-evaluation', 'leave nothing out; rows of evaluation tasks are marked')
      .option('--json', 'print one JSON document on stdout')
      .action((runId: string, flags: ExportFlags) => endWith(exportExamples(createContext(), format, runId, flags)))
  }
  // What leaderboards read.
  for (const format of leaderboardFormats) {
    command
      .command(format.name)
      .argument('<run>')
      .description(format.description)
      .option('--output <path>', 'write it there, and never over anything (default: below data/exports/)')
      .option('--json', 'print one JSON document on stdout')
      .action((runId: string, flags: ExportAttemptsFlags) =>
        endWith(exportAttempts(createContext(), format, runId, flags)),
      )
  }
  return command
}
