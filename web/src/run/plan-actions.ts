import type { RunPageDocument } from '../../../src/api/documents.ts'
import { count, inflect } from '../../../src/domain/count.ts'

export type ActionName =
  'pause' | 'unpause' | 'interrupt' | 'cancel' | 'window' | 'budget' | 'resume' | 'retry' | 'retry-rejected'

export interface Action {
  readonly name: ActionName
  readonly title: string
  /** What it will do, in one or two sentences. */
  readonly explanation: string
  /** What it needs to know. */
  readonly field?: 'window' | 'budget'
}

/** What can be done with a run in its state, the most likely first. */
export function listActions({ summary, document }: RunPageDocument): Action[] {
  const { state, ending, in_flight, tasks, model } = summary
  const requests = `${count(in_flight, 'request')} in flight`
  const waited =
    in_flight === 0
      ? ''
      : ` ${requests} ${inflect(in_flight, 'is', 'are')} waited for, and ${inflect(in_flight, 'its answer is', 'their answers are')} stored.`
  const interrupt: Action = {
    name: 'interrupt',
    title: 'Interrupt',
    explanation: `Ends the run: no new requests are sent.${waited} Results are saved, and resuming continues it.`,
  }
  const cancel: Action = {
    name: 'cancel',
    title: 'Cancel',
    explanation: `Ends the run at once. ${in_flight === 0 ? 'No request is in flight.' : `${requests} ${inflect(in_flight, 'is', 'are')} cut off and may be paid for again.`} Stored answers are kept, and resuming continues it.`,
  }
  if (ending === 'cancel') return []
  if (ending === 'interrupt') return [cancel]
  const controls: Action[] = [
    {
      name: 'window',
      title: 'Tasks at once',
      explanation: 'How many tasks are open at once. Tasks that are open now are finished.',
      field: 'window',
    },
    ...(model === null ? [] : [budget]),
  ]
  if (state === 'running') {
    const pause: Action = {
      name: 'pause',
      title: 'Pause',
      explanation: `No new requests are sent until you unpause it.${waited} Costs nothing.`,
    }
    return [pause, ...controls, interrupt, cancel]
  }
  if (state === 'paused') {
    return [
      { name: 'unpause', title: 'Unpause', explanation: 'Requests are sent again.' },
      ...controls,
      interrupt,
      cancel,
    ]
  }
  return [...listEnded({ state, left: tasks.total - tasks.done, model }), ...listRetries(tasks.failed, document)]
}

const budget: Action = {
  name: 'budget',
  title: 'Budget',
  explanation: 'The budget of the whole run, with what is spent already. No request is sent that could exceed it.',
  field: 'budget',
}

interface Ended {
  readonly state: string
  readonly left: number
  readonly model: string | null
}

function listEnded({ state, left, model }: Ended): Action[] {
  if (state === 'complete') return []
  const asks = `Continues with the ${count(left, 'task')} not recorded yet. Stored answers are not paid for again.`
  return [
    model === null
      ? { name: 'resume', title: 'Resume', explanation: asks }
      : {
          name: 'resume',
          title: state === 'budget-reached' ? 'Resume with more budget' : 'Resume',
          explanation: asks,
          field: 'budget',
        },
  ]
}

function listRetries(failed: number, document: RunPageDocument['document']): Action[] {
  const rejected = document?.rejections.reduce((sum, { count }) => sum + count, 0) ?? 0
  return [
    ...(failed > 0
      ? [
          {
            name: 'retry' as const,
            title: `Retry ${failed} failed`,
            explanation: `Does the ${count(failed, 'task')} again that failed for reasons other than the model.`,
          },
        ]
      : []),
    ...(rejected > 0
      ? [
          {
            name: 'retry-rejected' as const,
            title: `Retry ${rejected} rejected`,
            explanation: `Repeats the ${count(rejected, 'request')} that the provider rejected, and what failed. Stored answers are kept.`,
          },
        ]
      : []),
  ]
}
