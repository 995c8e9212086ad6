import { useEffect, useState } from 'react'
import type { PlanDocument } from '../../../src/api/documents.ts'
import type { StartView } from '../address/start-view.ts'
import { api } from '../data/api.ts'
import { orderOf } from './order-of.ts'

/** After the last letter typed. */
const restMs = 300

export interface PlanError {
  readonly message: string
  /** The flag to blame, by its name with underscores. */
  readonly place: string | undefined
}

interface Planned {
  /** What is planned, as text: a later answer to an earlier form counts for nothing. */
  readonly of: string
  readonly plan?: PlanDocument
  readonly error?: PlanError
}

/** What the form would start, told by the server while it is filled in; neither of the two while that is being asked. */
export function usePlan(view: StartView): Pick<Planned, 'plan' | 'error'> {
  const text = JSON.stringify(orderOf(view))
  const [planned, setPlanned] = useState<Planned>({ of: '' })
  useEffect(() => {
    let isOver = false
    const timer = setTimeout(() => {
      const order = JSON.parse(text) as ReturnType<typeof orderOf> // Of the line above.
      api.planRuns(order).then(
        (plan) => !isOver && setPlanned({ of: text, plan }),
        (error: unknown) => !isOver && setPlanned({ of: text, error: toPlanError(error) }),
      )
    }, restMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [text])
  return planned.of === text ? planned : {}
}

export function toPlanError(error: unknown): PlanError {
  const message = error instanceof Error ? error.message : String(error)
  const place = error instanceof Error && 'place' in error && typeof error.place === 'string' ? error.place : undefined
  return { message, place }
}
