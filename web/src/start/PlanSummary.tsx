import type { PlanDocument } from '../../../src/api/documents.ts'
import { count } from '../../../src/domain/count.ts'
import { renderCost } from '../../../src/domain/format.ts'

/** What a click on Start sends, and what that may cost. */
export function PlanSummary({ plan, budget }: { readonly plan: PlanDocument; readonly budget: string | undefined }) {
  return (
    <>
      {plan.note !== null && <p className="notice">{plan.note}</p>}
      {plan.runs.map(({ model, requests, cost_at_most_usd }) => (
        <p key={model}>
          <b>{model}</b>: {count(plan.tasks, 'task')}, {count(requests.first, 'request')}
          {requests.most > requests.first && `, with all rounds up to ${requests.most}`};{' '}
          {cost_at_most_usd === null
            ? 'no known limit of the cost'
            : cost_at_most_usd === 0
              ? 'free'
              : `${renderCost(cost_at_most_usd)} at most`}
          {budget !== undefined && cost_at_most_usd !== 0 && `, with a budget of $${budget}`}
        </p>
      ))}
    </>
  )
}
