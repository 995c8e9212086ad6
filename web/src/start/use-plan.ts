import { useEffect, useState } from 'react'
import type { OrderProblem, PlanDocument } from '../../../src/api/documents.ts'
import type { StartView } from '../address/start-view.ts'
import { api } from '../data/api.ts'
import { useMayAct } from '../parts/hooks/use-acting.ts'
import { orderOf } from './order-of.ts'

/** After the last letter typed. */
const restMs = 300

interface Planned {
  /** What the form would start; undefined while that is being asked, and if there are problems. */
  readonly plan: PlanDocument | undefined
  /** What keeps it from starting anything. While the form is checked again, those found last. */
  readonly problems: readonly OrderProblem[]
}

/** What the form would start, told by the server while it is filled in; visitors who may start nothing do not ask. */
export function usePlan(view: StartView): Planned {
  const mayAct = useMayAct()
  const text = JSON.stringify(orderOf(view))
  const [planned, setPlanned] = useState<Planned & { readonly of: string }>({ of: '', plan: undefined, problems: [] })
  useEffect(() => {
    if (!mayAct) return
    let isOver = false
    const timer = setTimeout(() => {
      const order = JSON.parse(text) as ReturnType<typeof orderOf> // Of the line above.
      api.planRuns(order).then(
        (plan) => !isOver && setPlanned({ of: text, plan, problems: plan.problems }),
        (error: unknown) => !isOver && setPlanned({ of: text, plan: undefined, problems: [describeRefusal(error)] }),
      )
    }, restMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [text, mayAct])
  const { of, plan, problems } = planned
  return { plan: of === text && problems.length === 0 ? plan : undefined, problems }
}

export function describeRefusal(error: unknown): OrderProblem {
  const message = error instanceof Error ? error.message : String(error)
  const field = error instanceof Error && 'place' in error && typeof error.place === 'string' ? error.place : null
  return { field, message }
}
