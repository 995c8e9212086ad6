import { describe, expect, test } from '@jest/globals'
import type { ModelFailure } from '../../../domain/models/model-failure.ts'
import type { ModelLimits } from '../../../domain/models/model-spec.ts'
import { createGateHouse, type Entry, type GateRequest } from './gate.ts'

const tooMany: ModelFailure = { kind: 'try-again', because: 'rate-limit', reason: '429' }
const never = new AbortController().signal
/** Any time but 0: what is long ago must not look like now. */
const startMs = 1e12

/** A gate with a clock that only `advance` moves, and a list of the requests inside. */
function createTestGate(limits: ModelLimits, providerLimits: ModelLimits = {}) {
  const timers = new Set<{ readonly atMs: number; readonly run: () => void }>()
  let nowMs = startMs
  const entered: string[] = []
  const entries = new Map<string, Entry>()
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
    enter: async (name: string, signal = never, through = gate, request: GateRequest = {}) => {
      const entry = await through.enter(signal, request)
      entered.push(name)
      entries.set(name, entry)
    },
    entry: (name: string) => entries.get(name) ?? fail(name),
    release: (name: string) => entries.get(name)?.leave(),
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

function fail(name: string): never {
  throw new Error(`${name} has not entered`)
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

  test('has no limit by default, but begins with a hundred a second, so that a refusal is heard early', async () => {
    const { enter, entered, entry, advance } = createTestGate({})
    for (let index = 0; index < 500; index += 1) void enter(String(index))
    await settled()
    expect(entered).toHaveLength(11)
    await advance(100)
    expect(entered).toHaveLength(21)
    for (const name of entered.slice(0, 20)) entry(name).noteSuccess()
    for (let times = 0; times < 100; times += 1) await advance(10)
    expect(entered.length).toBeGreaterThan(200)
  })

  test('keeps to the tokens per minute: those estimated at first, those counted when they are known', async () => {
    const { gate, enter, entered, entry, advance } = createTestGate({ tokensPerMinute: 1_000 })
    const large = { size: { inputTokens: 300, outputTokens: 200 } }
    for (const name of ['a', 'b', 'c', 'd']) void enter(name, never, gate, large)
    await settled()
    expect(entered).toEqual(['a', 'b'])
    entry('a').noteSuccess({ promptTokens: 300, completionTokens: 0 })
    await settled()
    expect(entered).toEqual(['a', 'b'])
    entry('b').noteSuccess({ promptTokens: 200, completionTokens: 0 })
    await settled()
    expect(entered).toEqual(['a', 'b', 'c'])
    await advance(60_000)
    expect(entered).toEqual(['a', 'b', 'c', 'd'])
  })

  test('lets in a request that is larger than the tokens of a minute once no other counts', async () => {
    const { gate, enter, entered, advance } = createTestGate({ tokensPerMinute: 100 })
    for (const name of ['a', 'b']) void enter(name, never, gate, { size: { inputTokens: 500, outputTokens: 0 } })
    await advance(59_999)
    expect(entered).toEqual(['a'])
    await advance(1)
    expect(entered).toEqual(['a', 'b'])
  })

  test('holds back what the provider says that it would refuse', async () => {
    const { enter, entered, entry, advance } = createTestGate({})
    await enter('a')
    const limit = { counts: 'requests', limit: 3, remaining: 1, resetAtMs: startMs + 10_000 } as const
    entry('a').noteSuccess(undefined, [{ ...limit, refills: 'at-once' }])
    for (const name of ['b', 'c']) void enter(name)
    await advance(9_999)
    expect(entered).toEqual(['a', 'b'])
    await advance(1)
    expect(entered).toEqual(['a', 'b', 'c'])
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

  test('stops everyone after a rate limit, and then lets in a little less in a second than was accepted', async () => {
    const { enter, entered, entry, release, advance } = createTestGate({})
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await enter(name)
    for (const name of ['g', 'h', 'i']) void enter(name)
    await settled()
    entry('i').noteFailure({ ...tooMany, afterMs: 5_000 })
    for (const name of entered) release(name)
    for (const name of ['j', 'k', 'l', 'm']) void enter(name)
    await advance(4_999)
    expect(entered).toHaveLength(9)
    await advance(1)
    expect(entered.slice(9)).toEqual(['j'])
    await advance(138)
    expect(entered.slice(9)).toEqual(['j', 'k'])
    await advance(139)
    expect(entered.slice(9)).toEqual(['j', 'k', 'l'])
  })

  test('waits longer when the pause is extended', async () => {
    const { enter, entered, entry, release, advance, timers } = createTestGate({ concurrentRequests: 4 })
    await enter('a')
    entry('a').noteFailure({ ...tooMany, afterMs: 1_000 })
    void enter('b')
    entry('a').noteFailure({ ...tooMany, afterMs: 3_000 })
    release('a')
    await advance(1_000)
    expect(entered).toEqual(['a'])
    expect(timers.size).toBe(1)
    await advance(2_000)
    expect(entered).toEqual(['a', 'b'])
  })

  test('rejects with the signal’s reason, and keeps neither the place nor a timer', async () => {
    const { gate, enter, entry, entered, release, timers } = createTestGate({ concurrentRequests: 1 })
    const controller = new AbortController()
    const reason = new Error('cancelled')
    await enter('a')
    const waiting = Promise.allSettled([enter('b', controller.signal)])
    void enter('c')
    entry('a').noteFailure({ ...tooMany, afterMs: 0 })
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
    const { enter, entry, release, timers } = createTestGate({ concurrentRequests: 2 })
    const controller = new AbortController()
    await enter('a')
    entry('a').noteFailure({ ...tooMany, afterMs: 1_000 })
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
    const { enter, entry, entered, release, advance } = createTestGate({})
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await enter(name)
      entry(name).noteFailure(down)
      release(name)
    }
    for (const name of ['f', 'g', 'h', 'i']) void enter(name)
    await advance(999)
    expect(entered).toHaveLength(5)
    await advance(1)
    expect(entered.slice(5)).toEqual(['f'])
    await advance(1_000)
    expect(entered.slice(5)).toEqual(['f'])
    entry('f').noteFailure(down)
    release('f')
    await advance(2_000)
    expect(entered.slice(5)).toEqual(['f', 'g'])
    entry('g').noteSuccess()
    await settled()
    expect(entered.slice(5)).toEqual(['f', 'g', 'h', 'i'])
  })

  test('does not hold up other models of the same key', async () => {
    const { house, enter, entry, entered } = createTestGate({})
    await enter('a')
    for (let times = 0; times < 5; times += 1) entry('a').noteFailure(down)
    void enter('b')
    void enter('x', never, house.open('other', {}))
    await settled()
    expect(entered).toEqual(['a', 'x'])
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
    const { house, enter, entry, entered } = createTestGate({})
    const other = house.open('other', {})
    await enter('a')
    entry('a').noteFailure({ ...tooMany, afterMs: 5_000 })
    void enter('b')
    void enter('x', never, other)
    await settled()
    expect(entered).toEqual(['a', 'x'])
  })

  test('slow down all models when the provider says that the limit is on the key', async () => {
    const { house, enter, entry, entered, release, advance } = createTestGate({})
    const other = house.open('other', {})
    await enter('a')
    entry('a').noteFailure({ ...tooMany, afterMs: 5_000, wholeKey: true })
    release('a')
    void enter('x', never, other)
    await advance(4_999)
    expect(entered).toEqual(['a'])
    await advance(1)
    expect(entered).toEqual(['a', 'x'])
  })

  test('let runs take turns, whatever their models are and however many requests each has waiting', async () => {
    const { house, gate, enter, entered, release } = createTestGate({}, { concurrentRequests: 1 })
    const other = house.open('other', {})
    for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) void enter(name, never, gate, { run: 'long' })
    for (const name of ['b1', 'b2']) void enter(name, never, gate, { run: 'short' })
    void enter('c1', never, other, { run: 'elsewhere' })
    for (let times = 0; times < 8; times += 1) {
      await settled()
      release(entered.at(-1) ?? '')
    }
    expect(entered).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4', 'a5'])
  })

  test('keep a run to its own limit, which may be changed while requests wait', async () => {
    const { gate, enter, entered } = createTestGate({})
    gate.limitRun('narrow', 1)
    for (const name of ['a1', 'a2', 'a3']) void enter(name, never, gate, { run: 'narrow' })
    for (const name of ['b1', 'b2']) void enter(name, never, gate, { run: 'wide' })
    await settled()
    expect(entered).toEqual(['a1', 'b1', 'b2'])
    gate.limitRun('narrow', 2)
    await settled()
    expect(entered).toEqual(['a1', 'b1', 'b2', 'a2'])
    gate.limitRun('narrow', null)
    await settled()
    expect(entered).toEqual(['a1', 'b1', 'b2', 'a2', 'a3'])
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
    expect(entered).toEqual(['a', 'b', 'c', 'x'])
    release('c')
    release('x')
    await settled()
    expect(entered.slice(4)).toEqual(['d', 'y'])
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
