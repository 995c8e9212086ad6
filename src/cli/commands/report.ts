import { Command, Option } from 'commander'
import { renderReport } from '../../report/render-report.ts'
import { renderWholeReport, reportFormats, type Report } from '../../report/render-whole-report.ts'
import { readReport } from '../../runs/run-documents.ts'
import { chooseFormat } from '../choose-format.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { findRun } from '../runs/find-run.ts'
import { reportRuns } from '../runs/report-runs.ts'
import { endWith } from '../terminal/end-with.ts'
import { checkOutput, outputWords, writeOutput } from '../write-output.ts'

/** `text` is the first page. */
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
    .description('what came of a run; works without Temporal, and asks no model')
    .addOption(
      new Option('--format <format>', 'the whole report in one of these forms, or its first page as text').choices(
        formats,
      ),
    )
    .option('--output <path>', outputWords)
    .option('--json', 'print one JSON document on stdout: the same as --format json')
    .action((runId: string, flags: ReportFlags) => endWith(report(runId, flags)))
}

/** Looking at a run succeeds whatever became of it. */
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
