import type { RunFolder } from '../adapters/stores/run-store.ts'
import { renderReport } from '../domain/report/render-report.ts'
import type { RunDocument } from '../domain/run-document.ts'
import { isOpen } from '../domain/run.ts'
import type { CliContext } from './context.ts'
import { documentRun } from './describe-run.ts'
import { exitCodeOf, worstExitCode, type ExitCode } from './exit-codes.ts'

/** A terminal is no place for four hundred ids; report.md has them all. */
const mostNames = 24

/** Prints what became of runs, on stdout, with the line that goes on where there is one. @returns the worst exit code */
export async function reportRuns(
  context: CliContext,
  folders: readonly RunFolder[],
  json: boolean | undefined,
): Promise<ExitCode> {
  const documents = await Promise.all(folders.map((folder) => documentRun(context.config, folder)))
  if (json) {
    context.print(JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2))
  } else {
    context.print(documents.map((document) => renderReport(document, mostNames)).join('\n'))
    for (const document of documents) nameNextStep(context, document)
  }
  return worstExitCode(documents.map(exitCodeOf))
}

function nameNextStep({ note }: CliContext, { run_id, state, tasks, temporal_ui }: RunDocument): void {
  if (temporal_ui !== null) note(`In the Temporal UI: ${temporal_ui}`)
  if (isOpen(state)) note(`It goes on by itself; to see it: npx arcloom watch ${run_id}`)
  else if (state !== 'complete')
    note(`To go on: npx arcloom resume ${run_id}${state === 'budget-reached' ? ' --budget-usd <more>' : ''}`)
  else if (tasks.failed > 0) note(`To redo what failed: npx arcloom retry ${run_id}`)
}
