import { useEffect, useState } from 'react'
import type { LabelQueueDocument } from '../../../src/api/documents.ts'
import { nameSubject, type LabelSubject } from '../../../src/domain/labels/label.ts'
import type { AnnotateView } from '../address/annotate-views.ts'
import { api } from '../data/api.ts'
import { prefetch, usePolling, useResource, type Resource } from '../data/resources.ts'
import { pollMs } from '../parts/run-words.ts'
import { queueAddress, subjectAddress } from './addresses.ts'

interface QueuePlace {
  /** As last read: while the queue around a new place loads, the one around the previous place. */
  readonly queue: LabelQueueDocument | undefined
  readonly current: LabelSubject | undefined
  /** Undefined at the end, and while unknown. */
  readonly next: LabelSubject | undefined
  readonly before: LabelSubject | undefined
  readonly resource: Resource<LabelQueueDocument>
}

/** How many texts are loaded ahead of the current one. */
const loadedAhead = 3

/** The current place in the queue. The next text is known, and loaded, before it is asked for. */
export function useQueue(view: AnnotateView, person: string): QueuePlace {
  const address = queueAddress(view, person)
  const resource = useResource(address, () => api.readLabelQueue(address))
  const fresh = resource.state === 'loading' ? undefined : resource.value
  const [last, setLast] = useState(fresh)
  if (fresh !== undefined && fresh !== last) setLast(fresh)
  const queue = fresh ?? last
  usePolling(address, queue?.is_reading ? pollMs : undefined)

  const current = view.at ?? queue?.here ?? undefined
  const { behind, ahead } = splitChain(queue, current)
  useEffect(() => {
    for (const subject of ahead.slice(0, loadedAhead)) {
      const place = subjectAddress(subject, view, person)
      prefetch(place, () => api.readLabelSubject(place))
    }
  })
  return { queue, current, next: ahead[0], before: fresh ? (fresh.before ?? undefined) : behind, resource }
}

/** What is known to come before and after a place, even if the queue was last read around another place nearby. */
function splitChain(queue: LabelQueueDocument | undefined, current: LabelSubject | undefined) {
  const nothing = { behind: undefined, ahead: [] }
  if (queue === undefined || current === undefined) return nothing
  const chain = queue.here === null ? queue.after : [queue.here, ...queue.after]
  const place = chain.findIndex((subject) => nameSubject(subject) === nameSubject(current))
  return place < 0 ? nothing : { behind: chain[place - 1], ahead: chain.slice(place + 1) }
}
