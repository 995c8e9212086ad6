import type { RunPageDocument } from '../../../../src/api/documents.ts'
import { countRejected, explain, type ActionName } from './explain-action.ts'

export interface Action {
  readonly name: ActionName
  readonly title: string
  /** What it will do, in one or two sentences. */
  readonly explanation: string
  /** What it needs to know. */
  readonly field?: 'window' | 'budget'
}

/** What can be done with a run in its state, the most likely first. Every one of them works. */
export function listActions(about: RunPageDocument): Action[] {
  const { state, ending } = about.summary
  const action = (name: ActionName, title: string, field?: Action['field']): Action => ({
    name,
    title,
    explanation: explain(name, about),
    ...(field && { field }),
  })
  if (ending === 'cancel') return []
  const cancel = action('cancel', 'Cancel')
  if (ending === 'interrupt') return [cancel]
  if (state === 'running' || state === 'paused') {
    return [
      state === 'running' ? action('pause', 'Pause') : action('unpause', 'Unpause'),
      action('window', 'Tasks at once', 'window'),
      ...(takesBudget(about) ? [action('budget', 'Budget', 'budget')] : []),
      action('interrupt', 'Interrupt'),
      cancel,
    ]
  }
  const failed = about.summary.tasks.failed
  const rejected = countRejected(about)
  return [
    ...(state === 'complete'
      ? []
      : [
          action(
            'resume',
            state === 'budget-reached' ? 'Resume with more budget' : 'Resume',
            takesBudget(about) ? 'budget' : undefined,
          ),
        ]),
    ...(failed > 0 ? [action('retry', `Retry ${failed} failed`)] : []),
    ...(rejected > 0 ? [action('retry-rejected', `Retry ${rejected} rejected`)] : []),
  ]
}

/** Why something that other runs offer is not offered, in words; undefined if nothing is missing. */
export function explainNoBudget(about: RunPageDocument): string | undefined {
  const { no_budget, summary } = about
  const model = summary.model ?? 'its model'
  switch (no_budget) {
    case 'no-price':
      return `No budget: no price was known for ${model} when the run began, and a run keeps the price it began with. A new run can have one once the price is known.`
    case 'no-token-limit':
      return 'No budget: “Tokens per answer” was not set, so an answer of this run has no maximum cost. A new run with that limit can have one.'
    case 'free':
      return `No budget: ${model} costs nothing.`
    case 'asks-no-model':
    case null:
      return undefined
  }
}

/**
 * What speaks against a budget before the server is asked.
 *
 * @param text as typed
 */
export function findBudgetFault({ summary, controls }: RunPageDocument, text: string): string | undefined {
  const least = controls.budget_usd
  // What is no number is for the server to refuse.
  if (summary.state !== 'budget-reached' || least === null || !(Number(text) <= least)) return undefined
  return `Its budget of $${least} does not allow the next request. To continue, allow more than that.`
}

function takesBudget({ no_budget }: RunPageDocument): boolean {
  return no_budget === null
}
