import { expect, test } from '@jest/globals'
import type { SettledRequest } from '../../runs/settle-run.ts'
import { measureWidth } from '../terminal/display-width.ts'
import { renderSettling } from './render-settling.ts'

function build(nth: number, change: Partial<SettledRequest>): SettledRequest {
  const about = { request: `r${nth}`, answer: 'a', at: `2026-11-27T18:40:1${nth}.000Z` }
  return {
    sent: { type: 'sent', ...about, most_usd: 0.04 },
    accepted: { type: 'accepted', ...about, provider_id: `gen-176403867${nth}-Zr0pK1xq`, by: 'stream' },
    fate: 'lost',
    costUsd: null,
    reason: null,
    ...change,
  }
}

const requests = [
  build(0, { costUsd: 0.01 }),
  build(1, { fate: 'failed', reason: '404: Generation gen-1764038671-Zr0pK1xq not found' }),
  build(2, { accepted: undefined, reason: 'OpenRouter had not named the call' }),
]

test('scripts get one line per request, and the sums', () => {
  const lines = renderSettling('one', requests, Infinity).split('\n')
  expect(lines).toHaveLength(1 + requests.length + 2)
  expect(lines[1]).toMatch(/^2026-11-27T18:40:10Z {2}lost {4}gen-1764038670-Zr0pK1xq {2}\$0\.01000$/)
  expect(lines[3]).toMatch(/lost {4}– .* unknown, at most \$0\.04000 {2}OpenRouter had not named the call$/)
  expect(lines.at(-1)).toBe('1 request cost $0.01000. 2 requests stay unknown: at most $0.08000.')
})

test('a narrow terminal gets no line that is wider than it', () => {
  const text = renderSettling('one', requests, 40)
  expect(text.split('\n').filter((line) => measureWidth(line) > 40)).toEqual([])
  for (const { accepted } of requests) expect(text).toContain(accepted?.provider_id ?? '–')
})

test('says so where every cost is known, and where the maximum is not', () => {
  expect(renderSettling('one', [], 80)).toBe('one: the cost of every request is known.')
  const [first] = requests
  const boundless = build(3, { sent: { ...build(3, {}).sent, most_usd: null }, reason: 'no record' })
  expect(renderSettling('one', first ? [first, boundless] : [], 80)).toMatch(
    /1 request cost \$0\.01000\. 1 request stays unknown: without a bound\.$/,
  )
})
