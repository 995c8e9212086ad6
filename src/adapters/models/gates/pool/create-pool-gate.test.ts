import { describe, expect, test } from '@jest/globals'
import type { ModelFailure } from '../../../../domain/models/model-failure.ts'
import type { ModelLimits } from '../../../../domain/models/model-spec.ts'
import { createGateHouse, type Entry } from '../gate.ts'
import { createPoolGate } from './create-pool-gate.ts'

const dead: ModelFailure = { kind: 'try-again', because: 'no-reply', reason: 'ECONNREFUSED' }
const never = new AbortController().signal
const settled = () => new Promise((resolve) => setImmediate(resolve))

function createTestPool(names: readonly string[], limits: ModelLimits = {}) {
  let nowMs = 1e12
  const openGate = (of: ModelLimits) => createGateHouse({ nowMs: () => nowMs, schedule: () => () => {} }).open('m', of)
  const servers = names.map((baseUrl) => ({ baseUrl, gate: openGate(limits) }))
  const pool = createPoolGate({ servers, whole: openGate({}), nowMs: () => nowMs })
  const enter = (run?: string) => pool.enter(never, run === undefined ? {} : { run })
  return {
    pool,
    enter,
    /** Enters and leaves at once. @returns the server */
    use: async (end: (entry: Entry) => void = (entry) => entry.noteSuccess()) => {
      const entry = await enter()
      end(entry)
      entry.leave()
      return entry.baseUrl
    },
    advance: (ms: number) => (nowMs += ms),
  }
}

describe('a pool of servers', () => {
  test('sends each request to the server with the fewest in flight, and among equals in turns', async () => {
    const { enter, use } = createTestPool(['a', 'b', 'c'])
    const entries = [await enter(), await enter(), await enter(), await enter()]
    expect(entries.map(({ baseUrl }) => baseUrl)).toEqual(['a', 'b', 'c', 'a'])
    entries[1]?.leave()
    expect(await use()).toBe('b')
    for (const entry of entries) entry.leave()
    expect(new Set([await use(), await use(), await use()])).toEqual(new Set(['a', 'b', 'c']))
  })

  test('keeps the limits of each server, and gives a free place to what waits at another', async () => {
    const { pool, enter } = createTestPool(['a', 'b'], { concurrentRequests: 1 })
    const [first, second] = [await enter(), await enter()]
    const waiting = [enter(), enter()]
    await settled()
    expect(pool).toMatchObject({ waiting: 2, state: { inside: 2, allowed: 2 } })
    // Both places of one server become free, one after the other; the other server stays busy.
    second.leave()
    const third = await Promise.race(waiting)
    expect(third.baseUrl).toBe(second.baseUrl)
    third.leave()
    const all = await Promise.all(waiting)
    expect(all.map(({ baseUrl }) => baseUrl)).toEqual([second.baseUrl, second.baseUrl])
    expect(first.baseUrl).not.toBe(second.baseUrl)
  })

  test('lets a dead server rest, tries it with one request, and uses it again when it answers', async () => {
    const { enter, use, advance } = createTestPool(['a', 'b'])
    expect(await use((entry) => entry.noteFailure(dead))).toBe('a')
    expect([await use(), await use(), await use()]).toEqual(['b', 'b', 'b'])
    advance(5_000)
    const probe = await enter()
    expect(probe.baseUrl).toBe('a')
    expect([await use(), await use()]).toEqual(['b', 'b'])
    probe.noteFailure(dead)
    probe.leave()
    advance(5_000)
    expect(await use()).toBe('b')
    advance(5_000)
    expect(await use()).toBe('a')
    expect(new Set([await use(), await use()])).toEqual(new Set(['a', 'b']))
  })

  test('moves what waits at a server that dies', async () => {
    const { enter } = createTestPool(['a', 'b'], { concurrentRequests: 1 })
    const [ofA, ofB] = [await enter(), await enter()]
    const waiting = [enter(), enter()]
    await settled()
    ofA.noteFailure(dead)
    ofA.leave()
    ofB.leave()
    const moved = await Promise.race(waiting)
    expect(moved.baseUrl).toBe('b')
    moved.leave()
    expect((await Promise.all(waiting)).map(({ baseUrl }) => baseUrl)).toEqual(['b', 'b'])
  })

  test('asks all of them while all are dead', async () => {
    const { use } = createTestPool(['a', 'b'])
    const fail = (entry: Entry) => entry.noteFailure(dead)
    expect(new Set([await use(fail), await use(fail), await use(fail), await use(fail)])).toEqual(new Set(['a', 'b']))
  })

  test('limits a run over all servers together', async () => {
    const { pool, enter } = createTestPool(['a', 'b'])
    pool.limitRun('r', 1)
    const first = await enter('r')
    const second = enter('r')
    await settled()
    expect(pool).toMatchObject({ waiting: 1, state: { inside: 1 } })
    first.leave()
    expect((await second).baseUrl).toBe('b')
  })

  test('gives up waiting when it is told to', async () => {
    const { pool, enter } = createTestPool(['a'], { concurrentRequests: 1 })
    await enter()
    const call = new AbortController()
    const waiting = pool.enter(call.signal)
    call.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow('stopped')
    expect(pool.waiting).toBe(0)
  })
})
