import { Command, Option } from 'commander'
import { UsageError } from '../../domain/usage-error.ts'
import { renderReport } from '../../report/render-report.ts'
import { renderWholeReport, reportFormats, type Report } from '../../report/render-whole-report.ts'
import { readReport } from '../../runs/run-documents.ts'
import { chooseFormat } from '../choose-format.ts'
import { createContext, type CliContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { findRun } from '../runs/find-run.ts'
import { findRuns } from '../runs/find-runs.ts'
import { reportRuns } from '../runs/report-runs.ts'
import { endWith } from '../terminal/end-with.ts'
import { checkOutput, checkOutputFolder, outputWords, writeOutput } from '../write-output.ts'

/** `text` is the summary only. */
const fileFormats = ['text', ...reportFormats] as const

/** `site` is a folder. */
const formats = [...fileFormats, 'site'] as const

type Format = (typeof formats)[number]
type FileFormat = (typeof fileFormats)[number]

interface ReportFlags {
  readonly format?: Format
  readonly output?: string
  readonly withoutExpected?: boolean
  readonly json?: boolean
}

export function createReportCommand(): Command {
  return new Command('report')
    .argument('<runs...>', 'one run; with --format site one or several, or the group of runs that one command started')
    .description('show the results of a run; needs no Temporal server and asks no model')
    .addOption(
      new Option(
        '--format <format>',
        'the full report in one of these formats, its summary as text, or the pages about these runs as a folder to open or publish',
      ).choices(formats),
    )
    .option('--output <path>', `${outputWords}; for --format site, a new folder`)
    .option('--without-expected', 'leave the expected outputs of test inputs out of a site')
    .addOption(createJsonFlag(' (same as --format json)'))
    .action((names: string[], flags: ReportFlags) => endWith(report(names, flags)))
}

/** Showing a run succeeds, however the run ended. */
async function report(names: readonly string[], flags: ReportFlags): Promise<ExitCode> {
  const context = createContext()
  if (flags.format === 'site') return writeSite(context, names, flags)
  if (flags.withoutExpected)
    throw new UsageError('--without-expected works only with --format site; a report includes them in every format.')
  const output = flags.output === undefined ? undefined : checkOutput(flags.output)
  const folder = await findRun(context.store, needOne(names))
  const format = chooseFormat(fileFormats, { ...flags, format: flags.format })
  if (output !== undefined) {
    context.print(await writeOutput(output, [renderAs(await readReport(folder, context.surroundings), format)]))
  } else if (format === 'text') await reportRuns(context, [folder], false)
  else context.print(renderAs(await readReport(folder, context.surroundings), format).trimEnd())
  return exitCodes.complete
}

async function writeSite(context: CliContext, names: readonly string[], flags: ReportFlags): Promise<ExitCode> {
  if (flags.output === undefined) {
    throw new UsageError(
      `--format site writes a folder: name a new one.\n  npx arcloom report ${names.join(' ')} --format site --output site`,
    )
  }
  const output = checkOutputFolder(flags.output)
  const folders = await findRuns(context.store, names)
  // Only a site needs the page's API.
  const { reportSite } = await import('../site/report-site.ts')
  return reportSite(context, folders, output, { withExpected: flags.withoutExpected !== true })
}

function needOne(names: readonly string[]): string {
  const [name = '', ...others] = new Set(names)
  if (others.length === 0) return name
  throw new UsageError(
    `report shows one run at a time, except with --format site. To see several side by side:\n  npx arcloom compare ${names.join(' ')}`,
  )
}

function renderAs(report: Report, format: FileFormat): string {
  return format === 'text'
    ? renderReport(report.document, Infinity, report.analysis)
    : renderWholeReport(report, format)
}
