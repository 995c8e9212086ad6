import { describe, expect, test } from '@jest/globals'
import { createTurnstile } from './turnstile.ts'

/** Work that notes when it begins, and ends when told to. */
function createWork() {
  const log: string[] = []
  const ends = new Map<string, () => void>()
  return {
    log,
    begin: (name: string) => async () => {
      log.push(name)
      await new Promise<void>((resolve) => ends.set(name, resolve))
      return name
    },
    end: async (name: string) => {
      ends.get(name)?.()
      await settle()
    },
  }
}

/** Long enough for all promises that can settle. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('turnstile', () => {
  test('lets one caller run alone, after those under way and before those not yet begun', async () => {
    const { log, begin, end } = createWork()
    const turnstile = createTurnstile()
    const done = [
      turnstile.together(begin('a')),
      turnstile.together(begin('b')),
      turnstile.alone(begin('alone')),
      turnstile.together(begin('c')),
    ]
    await settle()
    expect(log).toEqual(['a', 'b'])
    await end('a')
    expect(log).toEqual(['a', 'b'])
    await end('b')
    expect(log).toEqual(['a', 'b', 'alone'])
    await end('alone')
    expect(log).toEqual(['a', 'b', 'alone', 'c'])
    await end('c')
    expect(await Promise.all(done)).toEqual(['a', 'b', 'alone', 'c'])
  })

  test('lets callers run alone one after another, and continues when one fails', async () => {
    const { log, begin, end } = createWork()
    const turnstile = createTurnstile()
    const failed = turnstile.alone(() => Promise.reject(new Error('broke')))
    const others = [turnstile.alone(begin('first')), turnstile.alone(begin('second'))]
    await expect(failed).rejects.toThrow('broke')
    await settle()
    expect(log).toEqual(['first'])
    await end('first')
    expect(log).toEqual(['first', 'second'])
    await end('second')
    expect(await Promise.all(others)).toEqual(['first', 'second'])
    expect(await turnstile.together(async () => 'after')).toBe('after')
  })
})
