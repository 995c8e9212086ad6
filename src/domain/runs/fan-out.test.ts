import { describe, expect, test } from '@jest/globals'
import { fanOut, type Window } from './fan-out.ts'

/** A window whose limit the test sets, and which waits by yielding to other promises. */
function createTestWindow(limit: number) {
  const window: Window<unknown> & { current: number; ended: boolean } = {
    current: limit,
    ended: false,
    admit(_: unknown, underWay: number) {
      if (window.ended) return 'end' as const
      return underWay < window.current ? ('start' as const) : ('wait' as const)
    },
    async waitUntil(ready: () => boolean) {
      while (!ready()) await Promise.resolve()
    },
  }
  return window
}

/** Work that counts how much of it is under way, and takes a few turns. */
function createCountedWork() {
  const work = {
    underWay: 0,
    most: 0,
    async run<Value>(value: Value): Promise<Value> {
      work.most = Math.max(work.most, ++work.underWay)
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
      work.underWay -= 1
      return value
    },
  }
  return work
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve()
}

describe('fanOut', () => {
  test.each([1, 3, 100])('keeps at most %i under way, and the order of the items', async (limit) => {
    const work = createCountedWork()
    const results = await fanOut([5, 4, 3, 2, 1], createTestWindow(limit), (item) => work.run(item))
    expect(results).toEqual([5, 4, 3, 2, 1].map((value) => ({ status: 'fulfilled', value })))
    expect(work.most).toBe(Math.min(limit, 5))
  })

  test('lets the others finish when one fails', async () => {
    const results = await fanOut(['a', 'b', 'c'], createTestWindow(2), async (item) => {
      if (item === 'b') throw new Error('b broke')
      return item
    })
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('starts nothing while the window is closed, and continues when it opens', async () => {
    const window = createTestWindow(0)
    const startedItems: number[] = []
    const promise = fanOut([1, 2], window, async (item) => startedItems.push(item))
    await turns(20)
    expect(startedItems).toEqual([])
    window.current = 1
    await promise
    expect(startedItems).toEqual([1, 2])
  })

  test('starts nothing more once the window has ended, and waits for what is under way', async () => {
    const window = createTestWindow(1)
    const work = createCountedWork()
    const results = await fanOut([1, 2, 3], window, (item) => {
      window.ended = true
      return work.run(item)
    })
    expect(results).toEqual([{ status: 'fulfilled', value: 1 }, { status: 'not-started' }, { status: 'not-started' }])
    expect(work.underWay).toBe(0)
  })

  test('returns nothing for nothing', async () => {
    expect(await fanOut([], createTestWindow(1), async () => 1)).toEqual([])
  })
})
