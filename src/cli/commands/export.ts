import { Command, Option } from 'commander'
import type { LeaderboardFormat } from '../../adapters/exports/leaderboard-format.ts'
import { leaderboardFormats } from '../../adapters/exports/leaderboard-formats.ts'
import { parquetFormat } from '../../adapters/exports/parquet.ts'
import { preferencesFormat } from '../../adapters/exports/preferences.ts'
import { repairFormat } from '../../adapters/exports/repair.ts'
import { sftFormat } from '../../adapters/exports/sft.ts'
import type { TrainingFormat } from '../../adapters/exports/training-format.ts'
import { criteria } from '../../domain/exports/criterion.ts'
import { reasoningForms } from '../../domain/exports/reasoning-form.ts'
import { collect, wholeNumber } from '../../operations/parse-values.ts'
import { createContext } from '../context.ts'
import { exportAttempts, type ExportAttemptsFlags } from '../exports/export-attempts.ts'
import { exportExamples, type ExportFlags } from '../exports/export-examples.ts'
import { exportLabels, type ExportLabelsFlags } from '../exports/export-labels.ts'
import { createJsonFlag } from '../json-flag.ts'
import { endWith } from '../terminal/end-with.ts'

/** The formats for training. */
const trainingFormats: readonly TrainingFormat[] = [sftFormat, preferencesFormat, repairFormat, parquetFormat]

export function createExportCommand(): Command {
  const command = new Command('export').description(
    'export what runs recorded to files for training or leaderboards, in data/exports',
  )
  for (const format of trainingFormats) command.addCommand(createTrainingCommand(format))
  for (const format of leaderboardFormats) command.addCommand(createLeaderboardCommand(format))
  command.addCommand(createLabelsCommand())
  return command.addHelpText('after', example('arcloom export sft RUN OTHER-RUN --unique --max-per-task 4'))
}

function createTrainingCommand(format: TrainingFormat): Command {
  const { name, extension, includesCopied } = format
  const command = new Command(name)
    .argument('<runs...>', 'one or more runs, exported into one file')
    .description(format.description)
    .option(
      '--output <path>',
      `write to a new file (default: data/exports/<run>-${name}.${extension}, several runs joined with +)`,
    )
    .addOption(new Option('--only <which>', 'which answers count as good').choices(criteria))
    .addOption(
      new Option(
        '--include-copied',
        `include programs that contain outputs of their task${includesCopied ? ' (default)' : '; rows are marked'}`,
      ).conflicts('excludeCopied'),
    )
    .option('--exclude-copied', `leave such programs out${includesCopied ? '' : ' (default)'}`)
    .option('--unique', 'leave out rows that repeat the programs of another row of the task, across all runs')
    .option('--max-per-task <n>', 'maximum rows per task, across all runs', wholeNumber(1, maxRowsPerTask))
  if (format.takesReasoning) {
    command
      .addOption(
        new Option('--reasoning <form>', "how rows include the provider's reasoning")
          .choices(reasoningForms)
          .default('none'),
      )
      .option('--require-reasoning', 'leave out answers without reasoning')
  }
  return command
    .option(
      '--guard <set>',
      'also leave out tasks related to these: arc-agi-1, arc-agi-2, or a path; repeatable',
      collect,
    )
    .option('--allow-evaluation', 'leave no task out; rows of evaluation tasks are marked')
    .addOption(createJsonFlag())
    .addHelpText('after', example(`arcloom export ${name} RUN OTHER-RUN --unique --max-per-task 4`))
    .action((names: string[], flags: ExportFlags) => endWith(exportExamples(createContext(), format, names, flags)))
}

function createLeaderboardCommand(format: LeaderboardFormat): Command {
  return (
    new Command(format.name)
      .argument('<run>')
      // Our message for several runs is better than commander's.
      .allowExcessArguments()
      .description(format.description)
      .option('--output <path>', 'write to this path, which must not exist (default: in data/exports/)')
      .addOption(createJsonFlag())
      .action((_: string, flags: ExportAttemptsFlags, command: Command) =>
        endWith(exportAttempts(createContext(), format, command.args, flags)),
      )
  )
}

function createLabelsCommand(): Command {
  return new Command('labels')
    .argument('[runs...]', 'the runs whose labels to export (default: all labels, of traces too)')
    .description("people's labels of reasoning, one JSON line per label and person")
    .option('--output <path>', 'write to a new file (default: data/exports/<run>-labels.jsonl)')
    .option('--agreement', 'write nothing, and print how far people agree')
    .addOption(createJsonFlag())
    .addHelpText('after', example('arcloom export labels RUN --agreement'))
    .action((names: string[], flags: ExportLabelsFlags) => endWith(exportLabels(createContext(), names, flags)))
}

/** More samples than any run has. */
const maxRowsPerTask = 1_000_000

function example(line: string): string {
  return `\nExample:\n  npx ${line}`
}
