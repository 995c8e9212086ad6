import { findEnding } from '../../domain/answers/find-ending.ts'
import type { Discussion, Turn } from '../../domain/discussions/discussion.ts'
import type { LedgerSum } from '../../domain/runs/ledger.ts'
import type { BudgetDocument, DiscussionAnswer, DiscussionDocument, DiscussionSummary } from '../documents.ts'
import type { Discussing } from './create-discussing.ts'

const maxTitleCharacters = 80

export function summarizeDiscussion({ id, at, turns }: Discussion): DiscussionSummary {
  const words = (turns[0]?.text ?? '').replace(/\s+/g, ' ').trim()
  const title = words.length > maxTitleCharacters ? `${words.slice(0, maxTitleCharacters).trimEnd()}…` : words
  return { id, at, title, questions: turns.length }
}

export function describeDiscussion(
  { id, task, person, at, turns }: Discussion,
  discussing: Pick<Discussing, 'findLive' | 'isUnderWay'>,
): DiscussionDocument {
  return {
    id,
    task,
    person,
    at,
    turns: turns.map((turn) => ({
      id: turn.id,
      at: turn.at,
      text: turn.text,
      shown: turn.shown,
      content: turn.content,
      model: turn.asked?.model.key ?? null,
      answer: describeAnswer(id, turn, discussing),
    })),
  }
}

function describeAnswer(
  id: string,
  { id: question, asked, answer }: Turn,
  { findLive, isUnderWay }: Pick<Discussing, 'findLive' | 'isUnderWay'>,
): DiscussionAnswer {
  if (answer !== undefined) {
    const { outcome, text, reasoning, reason, finish_reason, served_by, usage, cost_usd, time_seconds } = answer
    const truncated = findEnding({ finishReason: finish_reason ?? '' }) === 'truncated'
    return { state: outcome, text, reasoning, reason, truncated, served_by, usage, cost_usd, time_seconds }
  }
  const live = findLive(id)
  const isLive = live?.question === question
  return {
    state: isLive || isUnderWay(asked) ? 'under-way' : 'lost',
    text: isLive ? live.text : '',
    reasoning: (isLive && live.reasoning) || null,
    reason: null,
    truncated: false,
    served_by: null,
    usage: null,
    cost_usd: null,
    time_seconds: null,
  }
}

export function describeBudget(ledger: LedgerSum, budgetUsd: number): BudgetDocument {
  const { known_usd, unbounded } = ledger.totals()
  return { budget_usd: budgetUsd, spent_usd: known_usd, counted_usd: ledger.maxSpentUsd(), unbounded }
}
