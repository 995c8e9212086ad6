import type { ServedBy } from '../answers/served-by.ts'
import type { Usage } from '../models/usage.ts'

/*
 * A conversation of one person with models about one task. Its file only grows: a line when it begins, one for each question,
 * and for each request to a model one before it is sent and one when it has ended. A request without its end was lost with the
 * server, or is under way.
 */

export interface BegunLine {
  readonly type: 'begun'
  readonly id: string
  /** The task's key in the catalogue, its id, and the content hash of its pairs as published. */
  readonly task: string
  readonly task_id: string
  readonly task_hash: string
  readonly person: string
  readonly at: string
}

export interface QuestionLine {
  readonly type: 'question'
  readonly id: string
  readonly at: string
  /** What the person typed. */
  readonly text: string
  readonly shown: Shown
  /** The whole message, as every request repeats it. */
  readonly content: string
}

/** What a question shows the model besides the person's words. */
export interface Shown {
  readonly version: number
  /** Transforms on top of the version, packed. */
  readonly steps: string
  /** Content hash of the pairs, if the question shows the task; null if an earlier one did. */
  readonly task_hash: string | null
  /** Ids of traces. */
  readonly traces: readonly string[]
  /** Index of the test input for which the person's drawing is shown. */
  readonly drawing: number | null
  readonly sample: { readonly run: string; readonly item: string; readonly sample: number } | null
}

/** Written before a request is sent. */
export interface AskedLine {
  readonly type: 'asked'
  readonly question: string
  readonly request: string
  readonly at: string
  readonly model: AskedModel
  /** The process that asks: if it has ended, there will be no answer. */
  readonly by: string
}

export interface AskedModel {
  readonly key: string
  readonly provider: string
  readonly id: string
  readonly username: string
}

/** `stopped`: by the person, and the text is what had come by then. `failed`: there is a reason, and perhaps some text. */
export type DiscussionOutcome = 'complete' | 'stopped' | 'failed'

export interface AnsweredLine {
  readonly type: 'answered'
  readonly question: string
  readonly request: string
  readonly at: string
  readonly outcome: DiscussionOutcome
  readonly text: string
  readonly reasoning: string | null
  readonly reason: string | null
  readonly finish_reason: string | null
  readonly served_by: ServedBy | null
  readonly request_id: string | null
  readonly usage: Usage
  /** Null if unknown. */
  readonly cost_usd: number | null
  readonly time_seconds: number
}

export type DiscussionLine = BegunLine | QuestionLine | AskedLine | AnsweredLine

export interface Discussion extends Omit<BegunLine, 'type'> {
  readonly turns: readonly Turn[]
}

export interface Turn extends Omit<QuestionLine, 'type'> {
  /** The newest request; earlier ones are those that were asked again. */
  readonly asked: AskedLine | undefined
  /** Its end, if it has ended. */
  readonly answer: AnsweredLine | undefined
}

/** @returns undefined if the lines do not begin as a conversation does */
export function foldDiscussion(lines: readonly DiscussionLine[]): Discussion | undefined {
  const begun = lines.find((line) => line.type === 'begun')
  if (begun === undefined) return undefined
  const { type: _, ...fields } = begun
  const turns = lines
    .filter((line) => line.type === 'question')
    .map((question): Turn => {
      const asked = lines.filter((line) => line.type === 'asked').findLast((line) => line.question === question.id)
      const answer = lines.filter((line) => line.type === 'answered').find((line) => line.request === asked?.request)
      const { id, at, text, shown, content } = question
      return { id, at, text, shown, content, asked, answer }
    })
  return { ...fields, turns }
}
