import { describe, expect, test } from '@jest/globals'
import type { ModelFailure } from '../../domain/models/model-failure.ts'
import type { ModelLimits } from '../../domain/models/model-spec.ts'
import { createGateHouse, type Release } from './gate.ts'

const tooMany: ModelFailure = { kind: 'try-again', because: 'rate-limit', reason: '429' }
const never = new AbortController().signal

/** A gate with a clock that only `advance` moves, and a list of the requests inside. */
function createTestGate(limits: ModelLimits, providerLimits: ModelLimits = {}) {
  const timers = new Set<{ readonly atMs: number; readonly run: () => void }>()
  let nowMs = 0
  const entered: string[] = []
  const releases = new Map<string, Release>()
  const house = createGateHouse({
    nowMs: () => nowMs,
    schedule(run, delayMs) {
      const timer = { atMs: nowMs + delayMs, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  })
  house.limit(providerLimits)
  const gate = house.open('model', limits)
  return {
    house,
    gate,
    entered,
    timers,
    enter: async (name: string, signal = never, through = gate) => {
      const release = await through.enter(signal)
      entered.push(name)
      releases.set(name, release)
    },
    release: (name: string) => releases.get(name)?.(),
    advance: async (ms: number) => {
      nowMs += ms
      for (const timer of timers) {
        if (timer.atMs > nowMs) continue
        timers.delete(timer)
        timer.run()
      }
      await settled()
    },
  }
}

/** Lets all pending promises run. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('a gate', () => {
  test('lets in as many as allowed, then the others in order as requests finish', async () => {
    const { gate, enter, entered, release } = createTestGate({ concurrentRequests: 2 })
    for (const name of ['a', 'b', 'c', 'd']) void enter(name)
    await settled()
    expect(entered).toEqual(['a', 'b'])
    expect(gate.waiting).toBe(2)
    expect(gate.state).toMatchObject({ allowed: 2, inside: 2 })
    release('b')
    release('b')
    await settled()
    expect(entered).toEqual(['a', 'b', 'c'])
  })

  test('lets nobody jump the queue', async () => {
    const { enter, entered, release } = createTestGate({ concurrentRequests: 1 })
    void enter('a')
    void enter('b')
    await settled()
    release('a')
    void enter('c')
    await settled()
    expect(entered).toEqual(['a', 'b'])
  })

  test('has no limit by default', async () => {
    const { enter, entered } = createTestGate({})
    await Promise.all(Array.from({ length: 500 }, (_, index) => enter(String(index))))
    expect(entered).toHaveLength(500)
  })

  test('keeps to the requests per minute', async () => {
    const { enter, entered, release, advance } = createTestGate({ requestsPerMinute: 2 })
    for (const name of ['a', 'b', 'c']) void enter(name)
    await settled()
    release('a')
    await advance(59_999)
    expect(entered).toEqual(['a', 'b'])
    await advance(1)
    expect(entered).toEqual(['a', 'b', 'c'])
  })

  test('stops everyone after a rate limit, and lets in half as many after the pause', async () => {
    const { gate, enter, entered, release, advance } = createTestGate({ concurrentRequests: 4 })
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) void enter(name)
    await settled()
    for (const name of ['a', 'b', 'c', 'd']) {
      gate.noteFailure({ ...tooMany, afterMs: 5_000 })
      release(name)
    }
    await advance(4_999)
    expect(entered).toEqual(['a', 'b', 'c', 'd'])
    await advance(1)
    expect(entered).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    gate.noteSuccess()
    release('e')
    await settled()
    expect(entered).toHaveLength(7)
  })

  test('waits longer when the pause is extended', async () => {
    const { gate, enter, entered, release, advance, timers } = createTestGate({ concurrentRequests: 4 })
    await enter('a')
    gate.noteFailure({ ...tooMany, afterMs: 1_000 })
    void enter('b')
    gate.noteFailure({ ...tooMany, afterMs: 3_000 })
    release('a')
    await advance(1_000)
    expect(entered).toEqual(['a'])
    expect(timers.size).toBe(1)
    await advance(2_000)
    expect(entered).toEqual(['a', 'b'])
  })

  test('rejects with the signal’s reason, and keeps neither the place nor a timer', async () => {
    const { gate, enter, entered, release, timers } = createTestGate({ concurrentRequests: 1 })
    const controller = new AbortController()
    const reason = new Error('cancelled')
    await enter('a')
    const waiting = Promise.allSettled([enter('b', controller.signal)])
    void enter('c')
    gate.noteFailure({ ...tooMany, afterMs: 0 })
    controller.abort(reason)
    expect(await waiting).toEqual([{ status: 'rejected', reason }])
    expect(gate.waiting).toBe(1)
    release('a')
    await settled()
    expect(entered).toEqual(['a', 'c'])
    expect(timers.size).toBe(0)
  })

  test('ignores an abort after entry', async () => {
    const { gate, enter } = createTestGate({ concurrentRequests: 1 })
    const controller = new AbortController()
    await enter('a', controller.signal)
    void enter('b')
    controller.abort()
    expect(gate.waiting).toBe(1)
  })

  test('does not queue a request that is already cancelled', async () => {
    const { gate, enter } = createTestGate({ concurrentRequests: 1 })
    await enter('a')
    await expect(enter('b', AbortSignal.abort(new Error('no')))).rejects.toThrow('no')
    expect(gate.waiting).toBe(0)
  })

  test('clears its timer when nobody waits any more', async () => {
    const { gate, enter, release, timers } = createTestGate({ concurrentRequests: 2 })
    const controller = new AbortController()
    await enter('a')
    gate.noteFailure({ ...tooMany, afterMs: 1_000 })
    release('a')
    const waiting = Promise.allSettled([enter('b', controller.signal)])
    expect(timers.size).toBe(1)
    controller.abort(new Error('cancelled'))
    await waiting
    expect(timers.size).toBe(0)
  })
})

describe('the gate of a model that is down', () => {
  const down: ModelFailure = { kind: 'try-again', because: 'server-error', reason: '503' }

  test('lets in one request at a time, and everybody once it has answered', async () => {
    const { gate, enter, entered, release, advance } = createTestGate({})
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await enter(name)
      gate.noteFailure(down)
      release(name)
    }
    for (const name of ['f', 'g', 'h', 'i']) void enter(name)
    await advance(999)
    expect(entered).toHaveLength(5)
    await advance(1)
    expect(entered.slice(5)).toEqual(['f'])
    await advance(1_000)
    expect(entered.slice(5)).toEqual(['f'])
    gate.noteFailure(down)
    release('f')
    await advance(2_000)
    expect(entered.slice(5)).toEqual(['f', 'g'])
    gate.noteSuccess()
    await settled()
    expect(entered.slice(5)).toEqual(['f', 'g', 'h', 'i'])
  })

  test('does not hold up other models of the same key', async () => {
    const { house, gate, enter, entered } = createTestGate({})
    for (let times = 0; times < 5; times += 1) gate.noteFailure(down)
    void enter('a')
    void enter('x', never, house.open('other', {}))
    await settled()
    expect(entered).toEqual(['x'])
  })
})

describe('the gates of one key', () => {
  test('keep each model to its own limits, whichever came first', async () => {
    const { house, enter, entered } = createTestGate({ concurrentRequests: 2 })
    const other = house.open('other', {})
    for (const name of ['a', 'b', 'c']) void enter(name)
    for (const name of ['x', 'y', 'z']) void enter(name, never, other)
    await settled()
    expect(entered).toEqual(['a', 'b', 'x', 'y', 'z'])
  })

  test('use the smaller limit when one model has two', async () => {
    const { house, enter, entered } = createTestGate({})
    const again = house.open('model', { concurrentRequests: 1 })
    void enter('a')
    void enter('b', never, again)
    await settled()
    expect(entered).toEqual(['a'])
  })

  test('slow down only the model that hit a rate limit', async () => {
    const { house, gate, enter, entered } = createTestGate({})
    const other = house.open('other', {})
    await enter('a')
    gate.noteFailure({ ...tooMany, afterMs: 5_000 })
    void enter('b')
    void enter('x', never, other)
    await settled()
    expect(entered).toEqual(['a', 'x'])
  })

  test('slow down all models when the provider says that the limit is on the key', async () => {
    const { house, gate, enter, entered, release, advance } = createTestGate({})
    const other = house.open('other', {})
    await enter('a')
    gate.noteFailure({ ...tooMany, afterMs: 5_000, wholeKey: true })
    release('a')
    void enter('x', never, other)
    await advance(4_999)
    expect(entered).toEqual(['a'])
    await advance(1)
    expect(entered).toEqual(['a', 'x'])
  })

  test('share the limit of a provider among all models, in turns', async () => {
    const { house, enter, entered, release } = createTestGate({}, { concurrentRequests: 2 })
    const other = house.open('other', {})
    for (const name of ['a', 'b', 'c', 'd']) void enter(name)
    for (const name of ['x', 'y']) void enter(name, never, other)
    await settled()
    expect(entered).toEqual(['a', 'b'])
    release('a')
    release('b')
    await settled()
    expect(entered).toEqual(['a', 'b', 'x', 'c'])
  })

  test('count the requests per minute over all models together', async () => {
    const { house, enter, entered, advance } = createTestGate({}, { requestsPerMinute: 2 })
    const other = house.open('other', {})
    void enter('a')
    void enter('x', never, other)
    void enter('b')
    await advance(59_999)
    expect(entered).toEqual(['a', 'x'])
    await advance(1)
    expect(entered).toEqual(['a', 'x', 'b'])
  })

  test('let others pass a model that has to wait, which takes no place', async () => {
    const { house, gate, enter, entered, release } = createTestGate(
      { concurrentRequests: 1 },
      { concurrentRequests: 2 },
    )
    const other = house.open('other', {})
    for (const name of ['a', 'b', 'c']) void enter(name)
    void enter('x', never, other)
    await settled()
    expect(entered).toEqual(['a', 'x'])
    release('x')
    void enter('y', never, other)
    await settled()
    expect(entered).toEqual(['a', 'x', 'y'])
    expect(gate.waiting).toBe(2)
  })
})
