import { resolve } from 'node:path'
import type { TrainingFormat } from '../../adapters/exports/training-format.ts'
import { showFile } from '../../adapters/files/show-file.ts'
import { count } from '../../domain/count.ts'
import type { Criterion } from '../../domain/exports/criterion.ts'
import type { ReasoningForm } from '../../domain/exports/reasoning-form.ts'
import type { SelectionRules } from '../../domain/exports/select-rows.ts'
import { UsageError } from '../../domain/usage-error.ts'
import type { CliContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { chooseOutput, refuseToOverwrite } from './choose-output.ts'
import { describeExport } from './describe-export.ts'
import { describeLeftOut } from './describe-left-out.ts'
import { guardRuns, listUses } from './guard-runs.ts'
import type { GuardFlags } from './guard-tasks.ts'
import { nameRuns } from './name-runs.ts'
import { noteStandings } from './note-standings.ts'
import { openRuns, type OpenedRun } from './open-runs.ts'
import { showTasks } from './show-tasks.ts'
import { createCounts, streamRows, type ExportCounts } from './stream-rows.ts'

export interface ExportFlags extends GuardFlags {
  readonly output?: string
  readonly only?: Criterion
  readonly includeCopied?: boolean
  readonly excludeCopied?: boolean
  readonly unique?: boolean
  readonly maxPerTask?: number
  readonly reasoning?: ReasoningForm
  readonly requireReasoning?: boolean
  readonly json?: boolean
}

/**
 * Writes what runs have recorded into one training file. Items that must not be trained on are left out and named.
 *
 * @throws {UsageError} if nothing is left to write, or the request is invalid; nothing is written then
 */
export async function exportExamples(
  context: CliContext,
  format: TrainingFormat,
  names: readonly string[],
  flags: ExportFlags,
): Promise<ExitCode> {
  const { config, print, note } = context
  const { json: silent, allowEvaluation = false, reasoning = 'none' } = flags
  const rules = chooseRules(format, flags)
  const runs = await openRuns(context, format, names, flags.only)
  const runIds = runs.map(({ run }) => run.run_id)
  const output = await chooseOutput(config, `${nameRuns(runIds)}-${format.name}.${format.extension}`, flags.output)

  const uses = listUses(runs)
  const guarded = await showTasks({ done: 'Compared with evaluation tasks', total: uses.length, silent }, (onTask) =>
    guardRuns(config, uses, { ...flags, onTask }),
  )
  const allowed = guarded.items.filter(({ standing }) => allowEvaluation || !standing.evaluation)
  noteStandings(note, guarded, allowEvaluation)
  if (allowed.length === 0) {
    const which = runIds.length === 1 ? `run ${runIds[0]} has` : `the runs ${runIds.join(', ')} have`
    throw new UsageError(
      `Nothing to export: ${which} no task that may be used for training. --allow-evaluation exports the evaluation tasks, marked in their rows.`,
    )
  }

  const counts = createCounts(runs)
  const only = nameCriteria(runs)
  const total = allowed.reduce((sum, item) => sum + item.uses.length, 0)
  const written = await showTasks({ done: 'Written', total, silent }, (onTask) => {
    const rowContext = { marksCopies: rules.includeCopied, reasoning }
    const rows = streamRows({ format, items: allowed, rules, rowContext, counts, onTask })
    return format.write(
      output,
      needRows(rows, () => describeNoRows(counts, format, only)),
    )
  })
  if (!written) refuseToOverwrite(output)
  if (silent) {
    print(JSON.stringify(describeExport({ format, output, runs, guarded, allowEvaluation, counts }), null, 2))
    return exitCodes.complete
  }
  const others = allowed.length - counts.tasks
  const without = others === 0 ? '' : `; ${others} of ${allowed.length} tasks have no row`
  const ofRuns = runs.length === 1 ? '' : ` of ${runs.length} runs`
  print(
    `${showFile(resolve(output))}: ${count(counts.rows, 'row')} of ${count(counts.tasks, 'task')}, from ${count(counts.answers, 'answer')}${ofRuns} (${only})${without}`,
  )
  const leftOut = describeLeftOut(counts.leftOut, format, only)
  if (leftOut !== '') print(leftOut)
  const unused = listWithoutRows(counts)
  if (unused.length > 0) print(`Runs without a row: ${unused.join(', ')}.`)
  return exitCodes.complete
}

function chooseRules(format: TrainingFormat, flags: ExportFlags): SelectionRules {
  const { reasoning = 'none', requireReasoning = false, unique = false, maxPerTask } = flags
  if (requireReasoning && reasoning === 'none') {
    throw new UsageError(
      '--require-reasoning: rows would not include the reasoning. Choose a form: --reasoning think or --reasoning reasoning_content.',
    )
  }
  const includeCopied = format.includesCopied ? !flags.excludeCopied : (flags.includeCopied ?? false)
  return { includeCopied, requireReasoning, unique, maxPerTask }
}

/** Runs with different recipes may have different criteria. */
function nameCriteria(runs: readonly OpenedRun[]): string {
  return [...new Set(runs.map(({ only }) => only))].join(', ')
}

/** Fails if there is no row, so that no empty file is written. */
async function* needRows<Row>(rows: AsyncIterable<Row>, explain: () => string): AsyncGenerator<Row> {
  let any = false
  for await (const row of rows) {
    any = true
    yield row
  }
  if (!any) throw new UsageError(explain())
}

function describeNoRows({ answers, leftOut }: ExportCounts, format: TrainingFormat, only: string): string {
  return `Nothing to export: none of ${count(answers, 'answer')} can be used for ${format.name} (${only}). ${describeLeftOut(leftOut, format, only)}`.trim()
}

/** The runs without a row, for example because others come first and fill the limit of each task. */
function listWithoutRows({ runs }: ExportCounts): string[] {
  return [...runs].filter(([, { rows }]) => rows === 0).map(([{ run }]) => run.run_id)
}
