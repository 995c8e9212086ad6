/** What to do with the next item: start it, ask again later, or start nothing more at all. */
export type Admission = 'start' | 'wait' | 'end'

/** Decides what may start, and waits: `condition` of the workflow SDK in workflows, anything that polls in tests. */
export interface Window<Item> {
  readonly admit: (item: Item, underWay: number) => Admission
  readonly waitUntil: (ready: () => boolean) => Promise<unknown>
}

/** Result of one item; `not-started` if the window ended before it. */
export type FanOutResult<Result> = PromiseSettledResult<Result> | { readonly status: 'not-started' }

/**
 * Starts every item in order as the window admits it, and settles when all started items have.
 *
 * The window is asked again before each start, so a signal may widen, narrow, hold or end a fan-out in progress.
 * Deterministic: it uses no clock and no randomness, and replays as it ran.
 *
 * @returns one result per item, in the items' order; a failing item does not stop the others.
 */
export async function fanOut<Item, Result>(
  items: readonly Item[],
  window: Window<Item>,
  start: (item: Item, index: number) => Promise<Result>,
): Promise<FanOutResult<Result>[]> {
  let underWay = 0
  let hasEnded = false
  const results: Promise<FanOutResult<Result>>[] = []
  for (const [index, item] of items.entries()) {
    if (!hasEnded) {
      if (window.admit(item, underWay) === 'wait') {
        await window.waitUntil(() => window.admit(item, underWay) !== 'wait')
      }
      hasEnded = window.admit(item, underWay) === 'end'
    }
    if (hasEnded) {
      results.push(Promise.resolve({ status: 'not-started' }))
      continue
    }
    underWay += 1
    results.push(
      settle(start(item, index)).finally(() => {
        underWay -= 1
      }),
    )
  }
  return Promise.all(results)
}

async function settle<Result>(promise: Promise<Result>): Promise<PromiseSettledResult<Result>> {
  const [outcome] = await Promise.allSettled([promise])
  return outcome
}
