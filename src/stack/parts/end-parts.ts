import { setTimeout as sleep } from 'node:timers/promises'
import type { PartKeeper } from './keep-part.ts'
import type { PartName } from './part.ts'

const pollMs = 100

/** The worker first, so that it can still report to the server; the server last. */
const order: readonly PartName[] = ['worker', 'baseline', 'page', 'server']

/** Ends the parts one after the other; once `isNow` is true, kills the rest. */
export async function endParts(keepers: readonly PartKeeper[], isNow: () => boolean): Promise<void> {
  for (const keeper of keepers.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))) {
    const ended = new AbortController()
    const end = keeper.end({ now: isNow() }).finally(() => ended.abort())
    while (!ended.signal.aborted) {
      await Promise.race([end, sleep(pollMs)])
      if (!ended.signal.aborted && isNow()) await keeper.end({ now: true })
    }
  }
}
