import { Command, Option } from 'commander'
import { renderWholeReport, reportFormats, type ReportFormat } from '../../report/render-whole-report.ts'
import { createContext } from '../context.ts'
import { analyzeRun } from '../runs/describe-run.ts'
import { endWith } from '../terminal/end-with.ts'
import { findRun } from '../runs/find-run.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { reportRuns } from '../runs/report-runs.ts'

interface ReportFlags {
  readonly format?: ReportFormat
  readonly json?: boolean
}

export function createReportCommand(): Command {
  return new Command('report')
    .argument('<run>')
    .description('what came of a run; works without Temporal, and asks no model')
    .addOption(
      new Option('--format <format>', 'print the whole report, instead of its first page').choices(reportFormats),
    )
    .option('--json', 'print one JSON document on stdout: the same as --format json')
    .action((runId: string, flags: ReportFlags) => endWith(report(runId, flags)))
}

/** Looking at a run succeeds whatever became of it. */
async function report(name: string, { json, format = json ? 'json' : undefined }: ReportFlags): Promise<ExitCode> {
  const context = createContext()
  const folder = await findRun(context.store, name)
  if (format === undefined) await reportRuns(context, [folder], false)
  else context.print(renderWholeReport(await analyzeRun(context.config, folder), format).trimEnd())
  return exitCodes.complete
}
