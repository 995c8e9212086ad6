import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { listenForInterrupts, type Interrupts } from './listen-for-interrupts.ts'

let interrupts: Interrupts

beforeEach(() => {
  jest.useFakeTimers()
  interrupts = listenForInterrupts()
})
afterEach(() => {
  interrupts.close()
  jest.useRealTimers()
})

test('an interrupt that comes before anybody reacts to it is not lost', () => {
  process.emit('SIGINT', 'SIGINT')
  let reactions = 0
  interrupts.onFirst(() => (reactions += 1))
  expect(reactions).toBe(1)
})

test('a reaction runs once, however many interrupts follow', () => {
  let reactions = 0
  interrupts.onFirst(() => (reactions += 1))
  expect(reactions).toBe(0)
  process.emit('SIGINT', 'SIGINT')
  jest.advanceTimersByTime(500)
  process.emit('SIGTERM', 'SIGTERM')
  expect({ reactions, count: interrupts.count }).toEqual({ reactions: 1, count: 2 })
})

test('two signals within a moment are one Ctrl-C', () => {
  process.emit('SIGINT', 'SIGINT')
  jest.advanceTimersByTime(100)
  process.emit('SIGINT', 'SIGINT')
  expect(interrupts.count).toBe(1)
})

test('after closing, signals do what they do without it', () => {
  const before = process.listenerCount('SIGINT')
  interrupts.close()
  expect(process.listenerCount('SIGINT')).toBe(before - 1)
})
