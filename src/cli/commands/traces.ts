import { join } from 'node:path'
import { Command, Option } from 'commander'
import { createTraceStore, type TraceStore } from '../../adapters/traces/trace-store.ts'
import type { Config } from '../../config.ts'
import { listTraces } from '../../domain/tasks/change-traces.ts'
import type { Trace, TracesByTask } from '../../domain/tasks/trace.ts'
import { collect } from '../../operations/parse-values.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { endWith } from '../terminal/end-with.ts'
import { fitTable } from '../terminal/render-table.ts'
import { exportTraces, type ExportFlags } from '../traces/export-traces.ts'
import { mergeResults, type MergeFlags } from '../traces/merge-results.ts'

export function createTracesCommand(): Command {
  const command = new Command('traces').description(
    'manage what people and models wrote about tasks: data/traces_store.json',
  )
  command
    .command('merge')
    .argument('<file...>')
    .description(
      'add the reasoning of results files, or the traces of another traces_store.json; existing traces are not added again',
    )
    .option('--only-correct', 'leave out reasoning whose program or grid is not right on every test output')
    .addOption(createJsonFlag())
    .action((files: string[], flags: MergeFlags) => endWith(mergeFiles(files, flags)))
  command
    .command('list')
    .argument('[task]')
    .description('list how many traces each task has, or the traces of one task')
    .addOption(createJsonFlag())
    .action((task: string | undefined, flags: { json?: boolean }) => endWith(list(task, flags.json)))
  command
    .command('export')
    .description('export tasks with their traces, to stdout or to a new file')
    .option('--dataset <path>', 'tasks to export; repeatable (default: all that `dataset list` shows)', collect)
    .addOption(
      new Option('--format <format>', 'one document, or one line per task').choices(['json', 'jsonl']).default('jsonl'),
    )
    .option('--output <path>', 'write to a new file; its extension .json or .jsonl sets the format')
    .option(
      '--guard <set>',
      'also leave out tasks related to these: arc-agi-1, arc-agi-2, or a path; repeatable',
      collect,
    )
    .option('--allow-evaluation', 'leave no task out; evaluation tasks are marked')
    .action((flags: ExportFlags) => endWith(exportAll(flags)))
  return command
}

function openStore({ dataDir, projectRoot }: Config): TraceStore {
  return createTraceStore(join(dataDir, 'traces_store.json'), join(projectRoot, 'data', 'traces.json'))
}

async function mergeFiles(files: readonly string[], flags: MergeFlags): Promise<ExitCode> {
  const context = createContext()
  return mergeResults(context, openStore(context.config), files, flags)
}

async function exportAll(flags: ExportFlags): Promise<ExitCode> {
  const context = createContext()
  return exportTraces(context, await openStore(context.config).read(), flags)
}

async function list(task: string | undefined, json: boolean | undefined): Promise<ExitCode> {
  const { config, print, note, columns } = createContext()
  const traces = await openStore(config).read()
  if (task !== undefined) {
    const traceList = listTraces(traces, task)
    if (json) print(JSON.stringify(traceList, null, 2))
    else if (traceList.length === 0) note(`Task ${task} has no traces.`)
    else print(traceList.map(renderTrace).join('\n\n'))
    return exitCodes.complete
  }
  const tasks = summarize(traces)
  if (json) print(JSON.stringify(tasks, null, 2))
  else if (tasks.length === 0)
    note('There are no traces yet. Add some with npx arcloom traces merge FILE… or on the page.')
  else {
    const rows = tasks.map(({ task_id, traces, users, best_score, newest }) => [
      task_id,
      String(traces),
      String(users),
      String(best_score),
      renderDate(newest),
    ])
    print(fitTable(['task', 'traces', 'authors', 'best score', 'newest'], rows, columns))
  }
  return exitCodes.complete
}

function summarize(traces: TracesByTask) {
  return Object.entries(traces).map(([task_id, ofTask]) => ({
    task_id,
    traces: ofTask.length,
    users: new Set(ofTask.map(({ username }) => username)).size,
    best_score: Math.max(...ofTask.map(({ score }) => score)),
    newest: Math.max(...ofTask.map(({ timestamp }) => timestamp)),
  }))
}

function renderTrace({ trace_id, username, score, timestamp, version = 0, text }: Trace): string {
  const about = version === 0 ? '' : ` · version ${version}`
  return `${username} · ${renderDate(timestamp)} · score ${score}${about} · ${trace_id}\n${text.replaceAll(/^/gm, '  ')}`
}

/** @param timestamp in unix seconds */
function renderDate(timestamp: number): string {
  return new Date(timestamp * 1000).toISOString().slice(0, 10)
}
