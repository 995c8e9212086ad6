import { Command, Option } from 'commander'
import { renderReport } from '../../report/render-report.ts'
import { renderWholeReport, reportFormats, type Report } from '../../report/render-whole-report.ts'
import { readReport } from '../../runs/run-documents.ts'
import { chooseFormat } from '../choose-format.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { findRun } from '../runs/find-run.ts'
import { reportRuns } from '../runs/report-runs.ts'
import { endWith } from '../terminal/end-with.ts'
import { checkOutput, outputWords, writeOutput } from '../write-output.ts'

/** `text` is the summary only. */
const formats = ['text', ...reportFormats] as const

type Format = (typeof formats)[number]

interface ReportFlags {
  readonly format?: Format
  readonly output?: string
  readonly json?: boolean
}

export function createReportCommand(): Command {
  return new Command('report')
    .argument('<run>')
    .description('show the results of a run; needs no Temporal server and asks no model')
    .addOption(
      new Option('--format <format>', 'the full report in one of these formats, or its summary as text').choices(
        formats,
      ),
    )
    .option('--output <path>', outputWords)
    .addOption(createJsonFlag(' (same as --format json)'))
    .action((runId: string, flags: ReportFlags) => endWith(report(runId, flags)))
}

/** Showing a run succeeds, however the run ended. */
async function report(name: string, flags: ReportFlags): Promise<ExitCode> {
  const context = createContext()
  const output = flags.output === undefined ? undefined : checkOutput(flags.output)
  const folder = await findRun(context.store, name)
  const format = chooseFormat(formats, flags)
  if (output !== undefined) {
    context.print(await writeOutput(output, [renderAs(await readReport(folder, context.surroundings), format)]))
  } else if (format === 'text') await reportRuns(context, [folder], false)
  else context.print(renderAs(await readReport(folder, context.surroundings), format).trimEnd())
  return exitCodes.complete
}

function renderAs(report: Report, format: Format): string {
  return format === 'text'
    ? renderReport(report.document, Infinity, report.analysis)
    : renderWholeReport(report, format)
}
