import { describe, expect, test } from '@jest/globals'
import { buildNewRun } from '../../../test/support/build-run.ts'
import { createRunStore } from '../../adapters/stores/create-run-store.ts'
import { createMemoryBlobs } from '../../adapters/stores/memory-blobs.ts'
import { noUsage } from '../../domain/models/usage.ts'
import type { SentLine } from '../../domain/runs/ledger-lines.ts'
import { totalLedger } from '../../domain/runs/ledger.ts'
import { createSpendings } from './run-spending.ts'

const at = '2026-01-01T00:00:00.000Z'

/** The same run, opened by two workers. */
async function openTwice() {
  const blobs = createMemoryBlobs()
  await createRunStore(blobs, 'client').createRun(buildNewRun({ runId: 'run' }))
  const workers = await Promise.all(
    ['a', 'b'].map(async (writer) => {
      const folder = await createRunStore(blobs, writer).openRun('run')
      return { folder, spending: createSpendings(() => new Date(at))(folder) }
    }),
  )
  const [first, second] = workers
  if (first === undefined || second === undefined) throw new RangeError('there are two')
  return { first, second }
}

const sent = (request: string, most_usd = 0.1): SentLine => ({ type: 'sent', request, answer: request, at, most_usd })

describe('a budget that two workers spend at once', () => {
  test('is kept, and a request that was called off does not count as a failure', async () => {
    const { first, second } = await openTwice()
    const tries = Array.from({ length: 40 }, (_, nth) =>
      (nth % 2 === 0 ? first : second).spending.reserve(sent(`r${nth}`), 1),
    )
    const allowed = (await Promise.all(tries)).filter(Boolean).length
    expect(allowed).toBeLessThanOrEqual(10)
    expect(first.spending.inFlight + second.spending.inFlight).toBe(allowed)
    const totals = totalLedger(await first.folder.readLedger())
    expect(totals.unsettled_usd).toBeCloseTo(allowed * 0.1)
    expect(totals).toMatchObject({ last_failure: null, failing_since: null })
  })

  test('counts a request of a dead worker at its maximum cost', async () => {
    const { first, second } = await openTwice()
    expect(await first.spending.reserve(sent('lost', 0.95), 1)).toBe(true)
    expect(await second.spending.reserve(sent('next'), 1)).toBe(false)
    expect(await second.spending.reserve(sent('next'), 1.1)).toBe(true)
  })

  test('counts requests as dear as the dearest that came back', async () => {
    const { first, second } = await openTwice()
    await first.spending.reserve(sent('dear', 0.1), 1)
    const line = { type: 'settled', request: 'dear', answer: 'dear', at, fate: 'stored', usage: noUsage } as const
    await first.spending.settle({ ...line, cost_usd: 0.4 })
    expect(await second.spending.reserve(sent('next', 0.1), 1)).toBe(true)
    expect((await second.spending.readLedger()).maxSpentUsd()).toBeCloseTo(0.8)
    expect(await second.spending.reserve(sent('last', 0.1), 1)).toBe(false)
  })
})
