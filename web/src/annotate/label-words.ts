import type { LabelName } from '../../../src/domain/labels/label.ts'

interface LabelWords {
  readonly label: LabelName
  readonly key: string
  readonly title: string
  readonly meaning: string
}

/** In the order of their keys. */
export const labelWords: readonly LabelWords[] = [
  {
    label: 'right',
    key: '1',
    title: 'Right',
    meaning: 'It states the rule that the task is about. Followed to the letter, it gives every output.',
  },
  {
    label: 'lucky',
    key: '2',
    title: 'Right by luck',
    meaning:
      'Followed to the letter, it gives the outputs, but not for the reason that is meant: a shortcut, or a coincidence.',
  },
  { label: 'wrong', key: '3', title: 'Wrong', meaning: 'Followed to the letter, it does not give the outputs.' },
  {
    label: 'unclear',
    key: '4',
    title: 'Unclear',
    meaning: 'It states no rule that one could follow, or contradicts itself.',
  },
]

export function nameLabel(label: LabelName): string {
  return labelWords.find((words) => words.label === label)?.title ?? label
}
