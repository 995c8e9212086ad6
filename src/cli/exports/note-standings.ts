import { count } from '../../domain/count.ts'
import type { EvaluationSet, Standing } from '../../domain/exports/guard.ts'
import { isEvaluationName } from '../../domain/tasks/benchmarks.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import type { GuardedItem } from './guard-runs.ts'
import type { GuardedTasks } from './guard-tasks.ts'

/** Keep terminal output short; `--json` has all names. */
const maxNames = 20

interface NamedTask {
  readonly item: Pick<ItemReference, 'key' | 'dataset' | 'split'>
  readonly standing: Standing
}

interface GuardedNames extends Omit<GuardedTasks, 'standings'> {
  readonly items: readonly NamedTask[]
}

/** Reports what was left out and why, and what to know about the rest. */
export function noteStandings(
  note: (text: string) => void,
  { items, sets, missing }: GuardedNames,
  allowEvaluation: boolean,
): void {
  const [evaluation, others] = [true, false].map((wanted) => {
    return items.filter(({ standing }) => standing.evaluation === wanted)
  })
  const heading = allowEvaluation
    ? 'Evaluation tasks, marked in their rows'
    : 'Left out, because evaluation tasks are not for training'
  noteList(note, heading, evaluation ?? [])
  noteList(
    note,
    'Official training tasks, kept although kin to an evaluation task (--guard leaves them out)',
    (others ?? []).filter(({ standing }) => standing.kin !== undefined),
  )
  const exported = allowEvaluation ? items : (others ?? [])
  for (const text of explainUnchecked(sets, missing, exported)) note(text)
}

/** Reports which evaluation sets were not compared, if that affects the exported tasks. */
function explainUnchecked(
  sets: readonly EvaluationSet[],
  missing: readonly string[],
  exported: readonly NamedTask[],
): string[] {
  const claimed = sets.filter(({ benchmark, verified }) => benchmark !== undefined && !verified)
  const unchecked = exported.filter(({ standing }) => !standing.checked).length
  return [
    ...(missing.length === 0
      ? []
      : [
          `Not compared, because missing on this machine: the evaluation tasks of ${missing.join(' and ')}. Rows say \`evaluation_checked: false\`.`,
        ]),
    ...claimed.map(
      ({ path, benchmark }) =>
        `${path} has the name and size of the evaluation tasks of ${benchmark}, but not the published content: it was compared, but proves nothing. Get the published tasks: npx arcloom dataset fetch ${benchmark}`,
    ),
    ...(unchecked === 0 || missing.length > 0
      ? []
      : [
          `${count(unchecked, 'task')} not known as training tasks of any benchmark and not compared with all evaluation sets. Their rows say \`evaluation_checked: false\`, and \`checked_against\` lists the sets; npx arcloom dataset fetch downloads the others.`,
        ]),
  ]
}

/** One item as `--json` prints it. */
export function describeItem({ item, standing: { kin } }: GuardedItem) {
  const { key, task_id, dataset, split } = item
  return { item: key, task_id, dataset, split, kin_to: kin?.name ?? null, kinship: kin?.kinship ?? null }
}

function noteList(note: (text: string) => void, heading: string, items: readonly NamedTask[]): void {
  if (items.length === 0) return
  note(`${heading}: ${items.length}`)
  for (const { item, standing } of items.slice(0, maxNames)) {
    note(`  ${item.key} (${item.dataset}/${item.split})${describeKin(item, standing)}`)
  }
  if (items.length > maxNames) note(`  … and ${items.length - maxNames} more`)
}

/** An evaluation task labelled as one is kin to itself: its name says enough. */
function describeKin(named: { readonly dataset: string; readonly split: string }, { kin }: Standing): string {
  if (kin === undefined || isEvaluationName(named)) return ''
  return kin.kinship === 'near' ? ` is near ${kin.name}` : ` is kin to ${kin.name}`
}
