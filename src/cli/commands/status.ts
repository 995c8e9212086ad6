import { Command } from 'commander'
import { renderDuration } from '../../domain/format.ts'
import type { DamagedRunDocument, RunDocument } from '../../domain/results/run-document.ts'
import { listRunDocuments } from '../../runs/run-documents.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { findRun } from '../runs/find-run.ts'
import { noteDamage } from '../runs/note-damage.ts'
import { reportRuns } from '../runs/report-runs.ts'
import { endWith } from '../terminal/end-with.ts'
import { fitTable } from '../terminal/render-table.ts'

export function createRunsCommand(): Command {
  return new Command('runs')
    .description('list runs, newest first; needs no Temporal server')
    .addOption(createJsonFlag())
    .action((flags: { json?: boolean }) => endWith(listRuns(flags.json)))
}

export function createStatusCommand(): Command {
  return new Command('status')
    .argument('<run>')
    .description("show one run's numbers; needs no Temporal server")
    .addOption(createJsonFlag())
    .action((runId: string, flags: { json?: boolean }) => endWith(showRun(runId, flags.json)))
}

/** Showing a run succeeds, however the run ended. */
async function showRun(name: string, json: boolean | undefined): Promise<ExitCode> {
  const context = createContext()
  await reportRuns(context, [await findRun(context.store, name)], json)
  return exitCodes.complete
}

async function listRuns(json: boolean | undefined): Promise<ExitCode> {
  const context = createContext()
  const documents = await listRunDocuments(context.store, context.surroundings)
  if (json) {
    context.print(JSON.stringify(documents, null, 2))
  } else if (documents.length === 0) {
    context.note('There are no runs yet. To start one: npx arcloom benchmark code --model BASELINE')
  } else {
    context.print(fitTable(headings, documents.map(renderRow), context.columns))
    for (const document of documents) noteDamage(context, document)
  }
  return exitCodes.complete
}

const headings = ['run', 'state', 'tasks', 'solved', 'failed', 'cost', 'time']

function renderRow(run: RunDocument | DamagedRunDocument): string[] {
  if (run.state === 'damaged') return [run.run_id, run.state, '?', '?', '?', '?', '?']
  return [
    run.run_id,
    run.state,
    `${run.tasks.done}/${run.tasks.total}`,
    countSolved(run),
    String(run.tasks.failed),
    run.cost_usd === null ? '?' : `$${run.cost_usd.toFixed(2)}`,
    renderDuration(run.open_seconds),
  ]
}

/** A verification solves nothing: it has programs that are right, or not. */
function countSolved({ programs, solved_task_ids }: RunDocument): string {
  if (programs === undefined) return String(solved_task_ids.length)
  return `${programs.test_correct} of ${programs.total} correct`
}
