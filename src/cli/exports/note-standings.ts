import { isEvaluationSplit } from '../../domain/benchmarks.ts'
import { nameKin } from '../../domain/exports/guard.ts'
import type { GuardedItem, GuardedRun } from './guard-run.ts'

/** A terminal is no place for four hundred names; `--json` has them all. */
const mostNames = 20

/** Says what was left out and why, and what a person should know of the rest. */
export function noteStandings(
  note: (text: string) => void,
  { items, missing }: GuardedRun,
  refused: readonly GuardedItem[],
): void {
  const kept = items.filter((item) => !refused.includes(item))
  noteList(note, 'Left out, because evaluation tasks are not for training', refused)
  noteList(
    note,
    'Evaluation tasks, marked so in their rows',
    kept.filter(({ standing }) => standing.evaluation),
  )
  noteList(
    note,
    'Kept, though kin to an evaluation task of another benchmark (--guard leaves such out)',
    kept.filter(({ standing: { evaluation, kin } }) => !evaluation && kin !== undefined),
  )
  if (missing.length > 0) {
    note(
      `Not here to compare with: the evaluation tasks of ${missing.join(' and ')}. Rows say \`evaluation_checked: false\`.`,
    )
  }
}

/** One item as `--json` prints it. */
export function describeItem({ item, standing: { kin } }: GuardedItem) {
  const { key, task_id, dataset, split } = item
  return { item: key, task_id, dataset, split, kin_to: kin === undefined ? null : nameKin(kin) }
}

function noteList(note: (text: string) => void, heading: string, items: readonly GuardedItem[]): void {
  if (items.length === 0) return
  note(`${heading}: ${items.length}`)
  for (const { item, standing } of items.slice(0, mostNames)) {
    // An evaluation task is kin to itself: its split says enough.
    const kin = isEvaluationSplit(item.split) ? undefined : standing.kin
    note(`  ${item.key} (${item.dataset}/${item.split})${kin === undefined ? '' : ` is kin to ${nameKin(kin)}`}`)
  }
  if (items.length > mostNames) note(`  … and ${items.length - mostNames} more`)
}
