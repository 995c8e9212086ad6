import { resolve } from 'node:path'
import type { TrainingFormat, ExportRow } from '../../adapters/exports/training-format.ts'
import { readExamples } from '../../adapters/exports/read-examples.ts'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { criteriaOf, type Criterion } from '../../domain/exports/criterion.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import { count } from '../../domain/recipes/prompt-parts.ts'
import { findRecipe } from '../../domain/recipes/find-recipe.ts'
import { isVerification, type AskingRun } from '../../domain/runs/run.ts'
import type { CliContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { findRun } from '../runs/find-run.ts'
import { showFile } from '../show-file.ts'
import { UsageError } from '../usage-error.ts'
import { chooseOutput, refuseToOverwrite } from './choose-output.ts'
import { guardRun, type GuardedItem } from './guard-run.ts'
import type { GuardFlags } from './guard-tasks.ts'
import { describeItem, noteStandings } from './note-standings.ts'
import { showTasks } from './show-tasks.ts'

export interface ExportFlags extends GuardFlags {
  readonly output?: string
  readonly only?: Criterion
  readonly json?: boolean
}

/**
 * Writes what a run has recorded as a file that training reads. Items that must not be trained on are left out and named.
 *
 * @throws {UsageError} where nothing is left to write, or what was asked for cannot be; nothing is written then
 */
export async function exportExamples(
  context: CliContext,
  format: TrainingFormat,
  name: string,
  flags: ExportFlags,
): Promise<ExitCode> {
  const { config, store, print, note } = context
  const folder = await findRun(store, name)
  const { runId } = folder
  const run = await readAskingRun(folder)
  const only = chooseCriterion(format, run, flags.only)
  const output = await chooseOutput(config, `${runId}-${format.name}.${format.extension}`, flags.output)

  const all = await folder.listItems()
  const recorded = await listRecorded(folder, all)
  if (recorded.length < all.length)
    note(`${recorded.length} of ${all.length} tasks are recorded: the others are not in it.`)
  const guarded = await showTasks(
    { done: 'Compared with evaluation tasks', total: recorded.length, silent: flags.json },
    (onTask) => guardRun(config, folder, recorded, { ...flags, onTask }),
  )
  const refused = flags.allowEvaluation ? [] : guarded.items.filter(({ standing }) => standing.evaluation)
  const kept = guarded.items.filter((item) => !refused.includes(item))
  noteStandings(note, guarded, flags.allowEvaluation ?? false)
  if (kept.length === 0) throw new UsageError(`Nothing to export: run ${runId} has no task that may be trained on.`)

  const counts = { answers: 0, rows: 0, tasks: 0 }
  const written = await showTasks({ done: 'Written', total: kept.length, silent: flags.json }, (onTask) =>
    format.write(output, streamRows({ folder, run, format, only, items: kept, counts, onTask })),
  )
  if (!written) refuseToOverwrite(output)
  if (flags.json) {
    const sets = guarded.sets.map(({ path, benchmark, verified, asked, tasks }) => {
      return { path, benchmark: benchmark ?? null, verified, asked, tasks: tasks.length }
    })
    const document = {
      run_id: runId,
      format: format.name,
      only,
      file: output,
      output_path: resolve(output),
      answers: counts.answers,
      rows: counts.rows,
      tasks: {
        total: all.length,
        recorded: recorded.length,
        exported: counts.tasks,
        without_rows: kept.length - counts.tasks,
        refused: refused.length,
      },
      refused: refused.map(describeItem),
      kin: kept.filter(({ standing }) => standing.kin !== undefined).map(describeItem),
      evaluation_sets: sets,
      missing_sets: guarded.missing,
    }
    print(JSON.stringify(document, null, 2))
  } else {
    const others = kept.length - counts.tasks
    const without = others === 0 ? '' : `; ${others} of ${kept.length} tasks gave no row`
    print(
      `${showFile(resolve(output))}: ${count(counts.rows, 'row')} of ${count(counts.tasks, 'task')}, from ${count(counts.answers, 'answer')} (${only})${without}`,
    )
  }
  return exitCodes.complete
}

async function readAskingRun(folder: RunFolder): Promise<AskingRun> {
  const run = await folder.readRun()
  if (!isVerification(run)) return run
  throw new UsageError(`Run ${run.run_id} is a verification: it asked no model, so it has no answers to export.`)
}

function chooseCriterion(format: TrainingFormat, run: AskingRun, given: Criterion | undefined): Criterion {
  const { recipe } = run.specification
  const { asksFor } = findRecipe(recipe)
  const allowed = format.chooseCriteria(criteriaOf[asksFor])
  const [standard] = allowed
  const asked = `run ${run.run_id} asked for ${askedWords[asksFor]}`
  if (standard === undefined) throw new UsageError(`No ${format.name} can be made: ${asked}.`)
  if (given !== undefined && !allowed.includes(given)) {
    throw new UsageError(`--only ${given}: ${asked}; allowed for ${format.name} of them: ${allowed.join(', ')}.`)
  }
  return given ?? standard
}

const askedWords = {
  program: 'programs',
  grid: 'grids of test inputs, which no train pair checks',
  explanation: 'explanations, which nothing here can check',
} as const

async function listRecorded(folder: RunFolder, items: readonly ItemReference[]): Promise<ItemReference[]> {
  const recorded = new Set(await folder.listRecorded())
  if (recorded.size === 0) throw new UsageError(`Nothing to export: run ${folder.runId} has recorded no task yet.`)
  return items.filter(({ key }) => recorded.has(key))
}

interface Stream {
  readonly folder: RunFolder
  readonly run: AskingRun
  readonly format: TrainingFormat
  readonly only: Criterion
  readonly items: readonly GuardedItem[]
  /** Counts on while rows are taken. */
  readonly counts: { answers: number; rows: number; tasks: number }
  readonly onTask: () => void
}

/** Item by item, so that a large run is never held whole. */
async function* streamRows({ folder, run, format, only, items, counts, onTask }: Stream): AsyncGenerator<ExportRow> {
  const recipe = findRecipe(run.specification.recipe)
  for (const { item, standing } of items) {
    const examples = await readExamples(folder, recipe, { ...item, ...(await folder.readPairs(item.hash)) })
    const rows = format.renderRows({ run, standing, examples }, only)
    counts.answers += examples.length
    counts.rows += rows.length
    if (rows.length > 0) counts.tasks += 1
    yield* rows
    onTask()
  }
  if (counts.rows === 0) {
    throw new UsageError(
      `Nothing to export: of ${counts.answers} answers none makes a row of ${format.name} (${only}).`,
    )
  }
}
