import { expect, test } from '@jest/globals'
import { beginState } from './begin-state.ts'
import { estimateSecondsLeft } from './estimate-seconds-left.ts'

const controls = { max_concurrent_tasks: 1, save_interval: 1, budget_usd: null }
const state = beginState(controls, 10, '2026-01-01T00:00:00.000Z')
/** An answer every second, the last at 10 s. */
const paced = {
  state,
  stored: 11,
  wanted: 71,
  heldBack: null,
  replyTimes: Array.from({ length: 11 }, (_, second) => second * 1_000),
}

test('what is left takes as long as the latest answers did', () => {
  expect(estimateSecondsLeft(paced, 10_500)).toBe(60)
})

test('a silence slows the pace, and a long one ends it', () => {
  expect(estimateSecondsLeft(paced, 21_000)).toBe(120)
  expect(estimateSecondsLeft(paced, 100_000)).toBeUndefined()
})

test.each([
  ['paused', { ...paced, state: { ...state, state: 'paused' as const } }],
  ['being ended', { ...paced, state: { ...state, ending: 'interrupt' as const } }],
  ['held back', { ...paced, heldBack: 'the disk is full' }],
  ['of a solver that decides how much is asked', { ...paced, wanted: null }],
  ['that has few answers', { ...paced, replyTimes: [0, 1_000] }],
  ['that has them all', { ...paced, wanted: 11 }],
])('nothing is said of a run %s', (_, progress) => {
  expect(estimateSecondsLeft(progress, 10_500)).toBeUndefined()
})
