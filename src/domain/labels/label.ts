/**
 * What a person thinks of the rule that a text states. The classes are those of studies that read rules beside outputs (correct as
 * intended, correct but not as intended, incorrect), and one for texts that state no rule one could follow.
 */
export const labelNames = ['right', 'lucky', 'wrong', 'unclear'] as const
export type LabelName = (typeof labelNames)[number]

/** The text that is labelled: that of one sample of a run, or a trace. */
export type LabelSubject =
  | {
      readonly run_id: string
      /** The item's key within the run. */
      readonly item: string
      readonly sample: number
    }
  | { readonly trace_id: string }

/** One line of `labels.jsonl`: a person's label of one text. The last line of a person about a subject counts. */
export type Label = LabelSubject & {
  readonly at: string
  readonly person: string
  readonly task_id: string
  /** SHA-256 of the text as the person read it. */
  readonly text_hash: string
  /** Null where the person took the label back. */
  readonly label: LabelName | null
  readonly note?: string | undefined
  /** Whether the sample's verdict was on the screen. */
  readonly saw_outcome: boolean
}

/** Labels that count: nothing in them was taken back. */
export type GivenLabel = Label & { readonly label: LabelName }

/** Equal for equal subjects. No name in it contains a line break. */
export function nameSubject(subject: LabelSubject): string {
  return 'trace_id' in subject ? subject.trace_id : `${subject.run_id}\n${subject.item}\n${subject.sample}`
}

/** Only the fields that name the text. */
export function pickSubject(subject: LabelSubject): LabelSubject {
  if ('trace_id' in subject) return { trace_id: subject.trace_id }
  return { run_id: subject.run_id, item: subject.item, sample: subject.sample }
}
