import { useState } from 'react'
import type { Trace } from '../../../../src/domain/tasks/trace.ts'

/**
 * The traces in the order in which they were first seen: a vote does not move one away from under the pointer, and a new one
 * comes last, beside the form.
 */
export function useSteadyOrder(traces: readonly Trace[] = []): readonly Trace[] {
  const [places, setPlaces] = useState<ReadonlyMap<string, number>>(new Map())
  const unseen = traces.filter(({ trace_id: id }) => !places.has(id))
  if (unseen.length > 0) {
    setPlaces(new Map([...places, ...unseen.map(({ trace_id: id }, index) => [id, places.size + index] as const)]))
  }
  const placeOf = ({ trace_id: id }: Trace) => places.get(id) ?? places.size
  return traces.toSorted((a, b) => placeOf(a) - placeOf(b))
}
