import type { TrainingFormat } from '../../adapters/exports/training-format.ts'
import { count } from '../../domain/count.ts'
import type { LeftOut } from '../../domain/exports/select-rows.ts'

/** Says how many answers are in no row, and why. Empty if nothing was left out. @param only as given */
export function describeLeftOut(
  leftOut: LeftOut,
  format: Pick<TrainingFormat, 'describeOthers' | 'includesCopied'>,
  only: string,
): string {
  const { criterion, copied_outputs, no_reasoning, unpaired, repeated, max_per_task } = leftOut
  const hint = format.includesCopied ? '' : ' (--include-copied keeps them)'
  const parts = [
    [criterion, `${count(criterion, 'answer')} ${format.describeOthers(only)}`],
    [copied_outputs, `${count(copied_outputs, 'answer')} whose program contains outputs of its task${hint}`],
    [no_reasoning, `${count(no_reasoning, 'answer')} without reasoning`],
    [unpaired, `${count(unpaired, 'answer')} without a partner for a pair`],
    [repeated, `${count(repeated, 'row')} that repeated a program of the task`],
    [max_per_task, `${count(max_per_task, 'row')} above the limit per task`],
  ] as const
  const said = parts.filter(([number]) => number > 0).map(([, words]) => words)
  return said.length === 0 ? '' : `Left out: ${said.join('; ')}.`
}
