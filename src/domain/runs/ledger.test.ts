import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { AcceptedLine, LedgerLine, SettledLine } from './ledger-lines.ts'
import { createLedgerSum, totalLedger } from './ledger.ts'

let second = 0
const at = () => new Date(Date.UTC(2026, 0, 1) + 1000 * second++).toISOString()
const sent = (request: string, answer: string, most_usd: number | null = 1): LedgerLine => {
  return { type: 'sent', request, answer, at: at(), most_usd }
}
const settled = (request: string, answer: string, change: Partial<SettledLine> = {}): LedgerLine => ({
  type: 'settled',
  request,
  answer,
  at: at(),
  fate: 'stored',
  cost_usd: 0.25,
  usage: { prompt_tokens: 10, completion_tokens: 5 },
  ...change,
})

const accepted = (request: string, answer: string): AcceptedLine => {
  return { type: 'accepted', request, answer, at: at(), provider_id: `gen-${request}`, by: 'stream' }
}

describe('an accepted call', () => {
  test('is found by its answer until it is settled, the newest last', () => {
    const [first, second, other] = [accepted('1', 'a'), accepted('2', 'a'), accepted('3', 'b')]
    const ledger = createLedgerSum()
    for (const line of [sent('1', 'a'), second, other, first]) ledger.add(line)
    expect(ledger.acceptedOf('a')).toEqual([first, second])
    ledger.add(settled('1', 'a', { fate: 'failed' }))
    expect(ledger.acceptedOf('a')).toEqual([second])
    expect(ledger.acceptedOf('c')).toEqual([])
  })

  test('changes no number, in any order of lines', () => {
    const lines = [sent('1', 'a'), settled('1', 'a'), sent('2', 'b', 7), sent('3', 'b')]
    const named = [...lines, accepted('1', 'a'), accepted('2', 'b'), accepted('3', 'b')]
    fc.assert(
      fc.property(fc.shuffledSubarray(named, { minLength: named.length }), (shuffled) => {
        const ledger = createLedgerSum()
        for (const line of shuffled) ledger.add(line)
        expect(ledger.totals()).toEqual(totalLedger(lines))
        expect(ledger.acceptedOf('a')).toEqual([])
      }),
    )
  })
})

describe('the dearness of a run', () => {
  const dearnessOf = (lines: readonly LedgerLine[]) => {
    const ledger = createLedgerSum()
    for (const line of lines) ledger.add(line)
    return ledger.dearness
  }

  test('is 1 as long as no request cost more than its maximum', () =>
    expect(dearnessOf([sent('1', 'a'), settled('1', 'a'), sent('2', 'b', null), settled('2', 'b')])).toBe(1))

  test('is that of the dearest request, by the price and not by what it was counted as', () => {
    const first = [sent('1', 'a', 1), settled('1', 'a', { cost_usd: 2 })]
    const scaled: LedgerLine = { type: 'sent', request: '2', answer: 'b', at: at(), most_usd: 2, dearness: 2 }
    expect(dearnessOf(first)).toBe(2)
    expect(dearnessOf([...first, scaled, settled('2', 'b', { cost_usd: 3 })])).toBe(3)
    expect(dearnessOf([...first, scaled, settled('2', 'b', { cost_usd: null })])).toBe(2)
  })
})

describe('a cost that became known later', () => {
  const late = (request: string, answer: string, cost_usd: number) =>
    settled(request, answer, {
      fate: 'failed',
      late: true,
      cost_usd,
      usage: { prompt_tokens: 3, completion_tokens: 4 },
    })
  const usage = { prompt_tokens: null, completion_tokens: null }
  /** Lost and sent again; without a cost; stored; lost. */
  const lines = [
    sent('1', 'a', 7),
    sent('2', 'a'),
    settled('2', 'a', { fate: 'failed', cost_usd: null, usage, reason: 'it broke off' }),
    sent('3', 'a'),
    settled('3', 'a'),
    sent('4', 'b', 5),
  ]
  const shuffled = (all: readonly LedgerLine[]) => fc.shuffledSubarray([...all], { minLength: all.length })

  test('replaces the maximum, of lost requests and of settled ones, in any order of lines', () => {
    expect(totalLedger(lines)).toMatchObject({ cost_usd: null, unsettled_usd: 7 + 1 + 5, known_usd: 0.25, repaid: 1 })
    const found = [...lines, late('1', 'a', 0.5), late('2', 'a', 0.125), late('4', 'b', 0.0625)]
    fc.assert(
      fc.property(shuffled(found), (all) => {
        expect(totalLedger(all)).toMatchObject({
          cost_usd: 0.25 + 0.5 + 0.125 + 0.0625,
          unsettled_usd: 0,
          unbounded: 0,
          usage: { prompt_tokens: 10 + 3 * 3, completion_tokens: 5 + 3 * 4 },
          sent: 4,
          stored: 1,
          failed: 1,
          repaid: 1,
          last_failure: null,
          in_flight: { count: 0 },
        })
      }),
    )
  })

  test('is neither a failure nor a reply', () => {
    const before = totalLedger([sent('1', 'a')])
    const { last_failure, last_reply_at, failing_since, failed, answered } = before
    expect(totalLedger([sent('1', 'a'), late('1', 'a', 1)])).toMatchObject({
      last_failure,
      last_reply_at,
      failing_since,
      failed,
      answered,
    })
  })

  test('counts once, and not where the request’s own settlement has a cost', () => {
    const found = [...lines, late('1', 'a', 0.5), late('1', 'a', 0.5), late('3', 'a', 9)]
    fc.assert(fc.property(shuffled(found), (all) => expect(totalLedger(all).known_usd).toBeCloseTo(0.25 + 0.5, 9)))
  })
})

describe('totalLedger', () => {
  test('is empty without lines', () =>
    expect(totalLedger([])).toMatchObject({ sent: 0, repaid: 0, cost_usd: 0, unsettled_usd: 0 }))

  test('adds up settled requests, and counts the others at their maximum cost', () => {
    const lines = [sent('1', 'a'), settled('1', 'a'), sent('2', 'b'), settled('2', 'b'), sent('3', 'c', 7)]
    expect(totalLedger(lines)).toMatchObject({
      sent: 3,
      cost_usd: 0.5,
      unsettled_usd: 7,
      repaid: 0,
      usage: { prompt_tokens: 20, completion_tokens: 10 },
    })
  })

  test('a request that was lost and sent again is paid for twice', () => {
    const lines = [sent('1', 'a'), sent('2', 'a'), settled('2', 'a')]
    expect(totalLedger(lines)).toMatchObject({ sent: 2, repaid: 1 })
  })

  test('a request in flight is not counted as paid for twice', () =>
    expect(totalLedger([sent('1', 'a'), sent('2', 'b')]).repaid).toBe(0))

  test('a request that failed and was sent again is not counted as paid for twice', () => {
    const failed = settled('1', 'a', { fate: 'failed', cost_usd: 0, reason: '429: slow' })
    expect(totalLedger([sent('1', 'a'), failed, sent('2', 'a'), settled('2', 'a')])).toMatchObject({
      sent: 2,
      failed: 1,
      repaid: 0,
      last_failure: null,
    })
  })

  test('reports the newest failure with no reply after it', () => {
    const fail = (request: string, answer: string, reason: string) =>
      settled(request, answer, { fate: 'failed', reason })
    const lines = [sent('1', 'a'), fail('1', 'a', 'older'), sent('2', 'b'), fail('2', 'b', 'newer')]
    expect(totalLedger(lines).last_failure?.reason).toBe('newer')
  })

  test('reports the failure of a request that was rejected once and is being sent again', () => {
    const lines = [
      settled('1', 'a', { fate: 'rejected', reason: '400: no' }),
      settled('2', 'a', { fate: 'failed', reason: '429: slow' }),
    ]
    expect(totalLedger(lines).last_failure?.reason).toBe('429: slow')
  })

  test('tells a failure that stops the run from one that is retried', () => {
    const stopping = settled('1', 'a', { fate: 'failed', reason: '401: no', stops_run: true })
    expect(totalLedger([stopping]).last_failure).toMatchObject({ reason: '401: no', stops_run: true })
    expect(totalLedger([settled('1', 'a', { fate: 'failed' })]).last_failure?.stops_run).toBe(false)
  })

  test('finds what is in flight: neither settled nor lost and sent again', () => {
    const oldest = sent('3', 'c')
    const lines = [
      sent('1', 'a'),
      settled('1', 'a'),
      sent('2', 'b'),
      oldest,
      sent('4', 'b'),
      settled('4', 'b'),
      sent('5', 'e'),
    ]
    expect(totalLedger(lines).in_flight).toEqual({ count: 2, oldest_at: oldest.at })
    expect(totalLedger([])).toMatchObject({ in_flight: { count: 0, oldest_at: null }, last_reply_at: null })
  })

  test('knows when the last reply came: an answer or a rejection, not a failure', () => {
    const answer = settled('1', 'a')
    expect(totalLedger([answer, settled('2', 'b', { fate: 'failed' })]).last_reply_at).toBe(answer.at)
  })

  test('counts rejections by message, ignoring numbers and ids, most frequent first', () => {
    const reject = (request: string, answer: string, reason: string) =>
      settled(request, answer, { fate: 'rejected', reason })
    const lines = [
      reject('1', 'a', '400: flagged'),
      reject('2', 'b', '400: 9000 tokens are too many'),
      reject('3', 'c', '400: 9001 tokens are too many'),
    ]
    expect(totalLedger(lines).rejections).toEqual([
      { reason: '400: 9000 tokens are too many', count: 2 },
      { reason: '400: flagged', count: 1 },
    ])
  })

  test('an answer that arrived on a retry no longer counts as rejected', () => {
    const rejected = settled('1', 'a', { fate: 'rejected', reason: '400: no' })
    const lines = [sent('1', 'a'), rejected, sent('2', 'a'), settled('2', 'a')]
    expect(totalLedger(lines)).toMatchObject({ rejected: 1, stored: 1, rejections: [], cost_usd: 0.5 })
  })

  test('an unknown price makes the total unknown', () =>
    expect(totalLedger([sent('1', 'a'), settled('1', 'a', { cost_usd: null })]).cost_usd).toBeNull())

  test('settling twice, in any order of lines, counts once', () => {
    const lines = [sent('1', 'a'), settled('1', 'a'), settled('1', 'a'), sent('2', 'b'), settled('2', 'b')]
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        expect(totalLedger(shuffled)).toMatchObject({ sent: 2, cost_usd: 0.5, unsettled_usd: 0, repaid: 0 })
      }),
    )
  })
})
