import { findLackOfRoom } from '../../adapters/files/find-lack-of-room.ts'
import { showFile } from '../../adapters/files/show-file.ts'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { RunDocument } from '../../domain/results/run-document.ts'
import { isOpen } from '../../domain/runs/run.ts'
import { renderReport } from '../../report/render-report.ts'
import { readReport, readRunDocument } from '../../runs/run-documents.ts'
import { readStackStatus } from '../../stack/state/read-stack-status.ts'
import type { CliContext } from '../context.ts'
import { exitCodeOf, worstExitCode, type ExitCode } from '../exit-codes.ts'
import { wrapText } from '../terminal/wrap-text.ts'
import { nameNextStep } from './name-next-step.ts'
import { noteDamage } from './note-damage.ts'

/** Keep terminal output short; report.md has all ids. */
const maxNames = 24

/**
 * Prints the results of runs on stdout, and what to type next.
 *
 * @param closed whether their workflows were closed although the store says that they are open
 * @returns the worst exit code
 */
export async function reportRuns(
  context: CliContext,
  folders: readonly RunFolder[],
  json: boolean | undefined,
  closed = false,
): Promise<ExitCode> {
  if (json) {
    const documents = await Promise.all(folders.map((folder) => readRunDocument(folder, context.surroundings)))
    context.print(JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2))
    return worstExitCode(documents.map(exitCodeOf))
  }
  const reports = await Promise.all(folders.map((folder) => readReport(folder, context.surroundings)))
  const pages = reports.map(({ document, analysis }) => renderReport(withTypedPaths(document), maxNames, analysis))
  context.print(wrapText(pages.join('\n'), context.columns))
  const documents = reports.map(({ document }) => document)
  const lack = findLackOfRoom(context.config.dataDir)
  if (lack !== undefined && documents.some(({ state }) => isOpen(state))) context.note(`On hold: ${lack}.`)
  const stack = readStackStatus(context.config).state
  for (const document of documents) {
    noteDamage(context, document)
    const { run_id, temporal_ui } = document
    const step = nameNextStep(document, stack, closed)
    // If there are several runs, each note names its run.
    const name = documents.length > 1 ? `${run_id}: ` : ''
    if (temporal_ui !== null) context.note(`${name}In the Temporal UI: ${temporal_ui}`)
    if (step !== undefined) context.note(`${name}${step}`)
  }
  return worstExitCode(documents.map(exitCodeOf))
}

/** On a terminal, a path is shown as you would type it from the current folder. */
function withTypedPaths(document: RunDocument): RunDocument {
  const { results_path: results } = document
  return typeof results === 'string' ? { ...document, results_path: showFile(results) } : document
}
