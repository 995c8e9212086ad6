import { join, resolve } from 'node:path'
import { showFile } from '../../adapters/files/show-file.ts'
import { createLabelStore } from '../../adapters/labels/label-store.ts'
import { count } from '../../domain/count.ts'
import { comparePeople } from '../../domain/labels/agreement.ts'
import { nameSubject, type GivenLabel } from '../../domain/labels/label.ts'
import { UsageError } from '../../domain/usage-error.ts'
import type { CliContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { findRun } from '../runs/find-run.ts'
import { writeOutput } from '../write-output.ts'
import { chooseOutput } from './choose-output.ts'
import { nameRuns } from './name-runs.ts'
import { renderAgreement } from './render-agreement.ts'

export interface ExportLabelsFlags {
  readonly output?: string
  readonly agreement?: boolean
  readonly json?: boolean
}

/**
 * Writes the labels of runs, or all labels, one line each; or, with `--agreement`, prints how far people agree.
 *
 * @returns 1 if a line of `labels.jsonl` cannot be read
 * @throws {UsageError} if there is no label
 */
export async function exportLabels(
  context: CliContext,
  names: readonly string[],
  flags: ExportLabelsFlags,
): Promise<ExitCode> {
  const { config, print, note, columns } = context
  const { book, faults } = await createLabelStore(join(config.dataDir, 'labels.jsonl')).read()
  for (const { message } of faults) note(message)
  const all = book.list()
  const runs = await nameLabelledRuns(context, all, names)
  const labels = all
    .filter((label) => runs === undefined || ('run_id' in label && runs.includes(label.run_id)))
    .map((label) => ({ label, name: nameSubject(label) }))
    .toSorted((a, b) => compareText(a.name, b.name) || compareText(a.label.person, b.label.person))
    .map(({ label }) => label)
  if (labels.length === 0) {
    const what =
      runs === undefined ? 'nobody has labelled anything yet' : `nobody has labelled anything of ${runs.join(', ')}`
    throw new UsageError(`Nothing to export: ${what}. Label reasoning on the page, at /annotate.`)
  }
  const exitCode = faults.length > 0 ? exitCodes.someFailed : exitCodes.complete
  const people = [...new Set(labels.map(({ person }) => person))]
  const texts = new Set(labels.map((label) => `${nameSubject(label)}\n${label.text_hash}`)).size
  if (flags.agreement) {
    const agreements = comparePeople(labels)
    if (flags.json) print(JSON.stringify({ labels: labels.length, texts, people, agreements }, null, 2))
    else if (agreements.length === 0) print('No two people have labelled the same text.')
    else print(agreements.map((each) => renderAgreement(each, columns)).join('\n\n'))
    return exitCode
  }
  const name = runs === undefined ? 'labels.jsonl' : `${nameRuns(runs)}-labels.jsonl`
  const output = await chooseOutput(config, name, flags.output)
  await writeOutput(resolve(output), renderRows(labels))
  if (flags.json) {
    print(
      JSON.stringify(
        { format: 'labels', output, output_path: resolve(output), labels: labels.length, texts, people },
        null,
        2,
      ),
    )
  } else {
    print(
      `${showFile(resolve(output))}: ${count(labels.length, 'label')} of ${count(texts, 'text')} by ${people.join(', ')}`,
    )
  }
  return exitCode
}

/** Labels outlive their run: its whole id is enough then. @returns undefined for all */
async function nameLabelledRuns(
  { store }: CliContext,
  labels: readonly GivenLabel[],
  names: readonly string[],
): Promise<readonly string[] | undefined> {
  if (names.length === 0) return undefined
  const labelledRuns = new Set(labels.map((label) => ('run_id' in label ? label.run_id : undefined)))
  const runIds = await Promise.all(
    names.map(async (name) => (labelledRuns.has(name) ? name : (await findRun(store, name)).runId)),
  )
  return [...new Set(runIds)]
}

/** Every row has every field: readers that infer a table from the first rows need that. */
function* renderRows(labels: readonly GivenLabel[]): Generator<string> {
  for (const label of labels) {
    const subject =
      'trace_id' in label
        ? { run_id: '', item: '', sample: null, trace_id: label.trace_id }
        : { run_id: label.run_id, item: label.item, sample: label.sample, trace_id: '' }
    const { task_id, person, label: name, note = '', at, text_hash, saw_outcome } = label
    yield `${JSON.stringify({ ...subject, task_id, person, label: name, note, at, text_hash, saw_outcome })}\n`
  }
}

function compareText(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
