import { describe, expect, test } from '@jest/globals'
import type { LedgerLine, SettledLine } from '../runs/ledger-lines.ts'
import { findCommonRejection } from './find-common-rejection.ts'

const settled = (answer: string, fate: SettledLine['fate'], reason = '', at = '2026-01-02'): LedgerLine => ({
  type: 'settled',
  request: `${answer} ${at}`,
  answer,
  at,
  fate,
  cost_usd: 0,
  usage: { prompt_tokens: 0, completion_tokens: 0 },
  ...(reason !== '' && { reason }),
})

const opened = '2026-01-01'
const words = '400: System role not supported'

describe('findCommonRejection', () => {
  test('finds the reason that all answers were rejected with, and each answer once', () => {
    const lines = [settled('a', 'rejected', words), settled('b', 'rejected', words), settled('b', 'rejected', words)]
    expect(findCommonRejection(lines, opened)).toEqual({ reason: words, answers: ['a', 'b'] })
  })

  test('finds that all prompts are too long, although each has its own length', () => {
    const tooLong = (tokens: number) => `400: maximum context length is 10, you asked for ${tokens}`
    const lines = [settled('a', 'rejected', tooLong(11)), settled('b', 'rejected', tooLong(12))]
    expect(findCommonRejection(lines, opened)).toEqual({ reason: tooLong(11), answers: ['a', 'b'] })
  })

  test('ignores requests that failed or are in flight', () => {
    const sent: LedgerLine = { type: 'sent', request: '1', answer: 'c', at: '2026-01-02', most_usd: null }
    const lines = [sent, settled('d', 'failed', '429: slow down'), settled('a', 'rejected', words)]
    expect(findCommonRejection(lines, opened)?.answers).toEqual(['a'])
  })

  test.each([
    ['something was answered', settled('b', 'stored')],
    ['something was answered before the run was opened again', settled('b', 'stored', '', '2025-12-31')],
    ['another answer was rejected for another reason', settled('b', 'rejected', '400: your prompt was flagged')],
  ])('finds none when %s', (_, line) => {
    expect(findCommonRejection([settled('a', 'rejected', words), line], opened)).toBeUndefined()
    expect(findCommonRejection([line, settled('a', 'rejected', words)], opened)).toBeUndefined()
  })

  test('ignores rejections from before the run was opened', () => {
    const before = settled('a', 'rejected', '403: no access', '2025-12-31')
    expect(findCommonRejection([before], opened)).toBeUndefined()
    expect(findCommonRejection([before, settled('a', 'rejected', words)], opened)?.reason).toBe(words)
  })
})
