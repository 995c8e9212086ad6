import type { TrainingFormat } from '../../adapters/exports/training-format.ts'
import { count } from '../../domain/count.ts'
import type { LeftOut } from '../../domain/exports/select-rows.ts'

/** Says how much is in no row, and why. Empty where nothing was left out. @param only as it was asked for */
export function describeLeftOut(
  leftOut: LeftOut,
  format: Pick<TrainingFormat, 'describeOthers' | 'includesCopied'>,
  only: string,
): string {
  const { criterion, copied_outputs, no_reasoning, unpaired, repeated, max_per_task } = leftOut
  const hint = format.includesCopied ? '' : ' (--include-copied keeps them)'
  const parts = [
    [criterion, `${count(criterion, 'answer')} ${format.describeOthers(only)}`],
    [copied_outputs, `${count(copied_outputs, 'answer')} whose program has outputs of its task written out${hint}`],
    [no_reasoning, `${count(no_reasoning, 'answer')} without reasoning`],
    [unpaired, `${count(unpaired, 'answer')} that make no further pair`],
    [repeated, `${count(repeated, 'row')} that repeated a program of the task`],
    [max_per_task, `${count(max_per_task, 'row')} above the limit of a task`],
  ] as const
  const said = parts.filter(([number]) => number > 0).map(([, words]) => words)
  return said.length === 0 ? '' : `Left out: ${said.join('; ')}.`
}
