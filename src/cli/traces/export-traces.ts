import { extname } from 'node:path'
import { hashTask } from '../../adapters/datasets/hash-task.ts'
import { readDataset } from '../../adapters/datasets/read-dataset.ts'
import { showFile } from '../../adapters/files/show-file.ts'
import { count } from '../../domain/count.ts'
import type { Standing } from '../../domain/exports/guard.ts'
import { describeStanding } from '../../domain/exports/provenance.ts'
import { listTraces } from '../../domain/tasks/change-traces.ts'
import type { Task } from '../../domain/tasks/task.ts'
import type { Trace, TracesByTask } from '../../domain/tasks/trace.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { listLocalDatasets } from '../../operations/list-local-datasets.ts'
import type { CliContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { guardTasks, type GuardFlags } from '../exports/guard-tasks.ts'
import { noteStandings } from '../exports/note-standings.ts'
import { printPieces } from '../terminal/print-pieces.ts'
import { writeOutput } from '../write-output.ts'

export interface ExportFlags extends GuardFlags {
  readonly dataset?: readonly string[]
  readonly format: Format
  readonly output?: string
}

type Format = 'json' | 'jsonl'

interface GuardedTask {
  readonly task: Task
  readonly standing: Standing
}

/**
 * Writes the tasks of the datasets with the traces of their version, and reports traces that have no task there. Evaluation
 * tasks are left out and named, as in `export`.
 *
 * @throws {UsageError} if a requested set is missing, or nothing is left to write
 */
export async function exportTraces(
  { config, note }: CliContext,
  traces: TracesByTask,
  flags: ExportFlags,
): Promise<ExitCode> {
  const paths = flags.dataset ?? (await listLocalDatasets(config))
  const tasks = distinctTasks(await readTasks(paths))
  const { standings, sets, missing } = await guardTasks(config, { ...flags, datasets: paths, tasks, mayMiss: true })
  const guarded = tasks.flatMap((task, index): GuardedTask[] => {
    const standing = standings[index]
    return standing === undefined ? [] : [{ task, standing }]
  })
  const allowed = guarded.filter(({ standing }) => flags.allowEvaluation || !standing.evaluation)
  noteStandings(note, { sets, missing, items: guarded.map(nameGuarded) }, flags.allowEvaluation ?? false)
  if (allowed.length === 0 && tasks.length > 0) {
    throw new UsageError(
      'Nothing to export: all tasks are evaluation tasks. --allow-evaluation exports and marks them.',
    )
  }
  const pieces = renderTasks(allowed, traces, formatOf(flags))
  const written = flags.output === undefined ? await printPieces(pieces) : await writeOutput(flags.output, pieces)
  const homeless = countHomeless(tasks, traces)
  if (homeless > 0) {
    note(
      `Left out ${count(homeless, 'trace')} whose task or version is not in ${paths.map((path) => showFile(path)).join(', ')}.`,
    )
  }
  if (written !== undefined) note(`${written}: ${count(allowed.length, 'task')}`)
  return exitCodes.complete
}

async function readTasks(paths: readonly string[]): Promise<Task[]> {
  const readings = await Promise.all(paths.map(readDataset))
  const [fault] = readings.flatMap(({ faults }) => faults)
  if (fault !== undefined) throw fault
  return readings.flatMap(({ tasks }) => tasks)
}

/** Several datasets may have the same task, for example after `dataset merge`. */
function distinctTasks(tasks: readonly Task[]): Task[] {
  const identify = (task: Task) => JSON.stringify([task.taskId, task.version, hashTask(task)])
  return [...new Map(tasks.map((task) => [identify(task), task])).values()]
}

function formatOf({ output, format }: ExportFlags): Format {
  const ending = extname(output ?? '').slice(1)
  return ending === 'json' || ending === 'jsonl' ? ending : format
}

/** Named like items: a version's number follows the id. */
function nameGuarded({ task: { taskId, version, dataset, split }, standing }: GuardedTask) {
  return { item: { key: version === 0 ? taskId : `${taskId}-v${version}`, dataset, split }, standing }
}

function* renderTasks(tasks: readonly GuardedTask[], traces: TracesByTask, format: Format): Generator<string> {
  if (format === 'json') yield '['
  for (const [index, { task, standing }] of tasks.entries()) {
    const { taskId, version, train, test, dataset, split } = task
    const entry = {
      task_id: taskId,
      version,
      train,
      test,
      dataset,
      split,
      ...describeStanding(standing),
      traces: tracesOf(task, traces),
    }
    if (format === 'jsonl') yield `${JSON.stringify(entry)}\n`
    else yield `${index === 0 ? '\n' : ',\n'}${JSON.stringify(entry)}`
  }
  if (format === 'json') yield '\n]\n'
}

function tracesOf({ taskId, version }: Task, traces: TracesByTask): Trace[] {
  return listTraces(traces, taskId).filter((trace) => (trace.version ?? 0) === version)
}

function countHomeless(tasks: readonly Task[], traces: TracesByTask): number {
  const name = (taskId: string, version = 0) => JSON.stringify([taskId, version])
  const homes = new Set(tasks.map(({ taskId, version }) => name(taskId, version)))
  return Object.values(traces)
    .flat()
    .filter(({ task_id, version }) => !homes.has(name(task_id, version))).length
}
