import { resolve } from 'node:path'
import type { TrainingFormat } from '../../adapters/exports/training-format.ts'
import { identifyItem, type GuardedItem, type GuardedRuns } from './guard-runs.ts'
import { describeItem } from './note-standings.ts'
import type { OpenedRun } from './open-runs.ts'
import type { ExportCounts } from './stream-rows.ts'

interface Exported {
  readonly format: TrainingFormat
  readonly output: string
  readonly runs: readonly OpenedRun[]
  readonly guarded: GuardedRuns
  readonly allowEvaluation: boolean
  readonly counts: ExportCounts
}

/** The document that `--json` prints. `run_id` and `only` are null if the runs differ in them. */
export function describeExport({ format, output, runs, guarded, allowEvaluation, counts }: Exported) {
  const isRefused = ({ standing }: GuardedItem) => standing.evaluation && !allowEvaluation
  const refused = guarded.items.filter(isRefused)
  const exported = guarded.items.filter((item) => !isRefused(item))
  return {
    run_id: common(runs.map(({ run }) => run.run_id)),
    format: format.name,
    only: common(runs.map(({ only }) => only)),
    file: output,
    output_path: resolve(output),
    answers: counts.answers,
    rows: counts.rows,
    left_out: counts.leftOut,
    tasks: {
      total: new Set(runs.flatMap(({ items }) => items.map(identifyItem))).size,
      recorded: guarded.items.length,
      exported: counts.tasks,
      without_rows: exported.length - counts.tasks,
      refused: refused.length,
    },
    runs: runs.map((opened) => ({
      run_id: opened.run.run_id,
      only: opened.only,
      tasks: { total: opened.items.length, recorded: opened.recorded.length },
      answers: counts.runs.get(opened)?.answers ?? 0,
      rows: counts.runs.get(opened)?.rows ?? 0,
    })),
    refused: refused.map(describeItem),
    kin: exported.filter(({ standing }) => standing.kin !== undefined).map(describeItem),
    evaluation_sets: guarded.sets.map(({ path, benchmark, verified, asked, tasks }) => {
      return { path, benchmark: benchmark ?? null, verified, asked, tasks: tasks.length }
    }),
    missing_sets: guarded.missing,
  }
}

function common<Value>(values: readonly Value[]): Value | null {
  const [first, ...others] = new Set(values)
  return first === undefined || others.length > 0 ? null : first
}
