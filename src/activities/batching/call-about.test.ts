import { expect, test } from '@jest/globals'
import type { ApplicationFailure } from '@temporalio/activity'
import { ModelRequestFailed } from '../../domain/models/model-failure.ts'
import type { Batch } from '../../domain/runs/batches/batch.ts'
import { callAbout } from './call-about.ts'

const hourMs = 60 * 60_000

/** A call that fails at a time, in a run that was opened at another. */
async function fail(at: string, failing_since: string | null, openedAt = '2026-11-27T00:00:00.000Z') {
  const stored: Batch[] = []
  const folder = {
    readState: async () => ({ opened_at: openedAt }),
    putBatch: async (batch: Batch) => void stored.push(batch),
  }
  const context = { now: () => new Date(at), maxOutageMs: 6 * hourMs }
  const down = new ModelRequestFailed({ status: 503, message: 'overloaded', headers: {} })
  const error: unknown = await callAbout(
    context as never, // only these are used
    folder as never, // only these are used
    { batch: 'b1', failing_since, reason: null } as Batch,
    () => Promise.reject(down),
  ).catch((thrown: unknown) => thrown)
  return { error: error as ApplicationFailure, stored }
}

test('a call that fails is repeated, and what was wrong is stored with the time of the first failure', async () => {
  const { error, stored } = await fail('2026-11-27T12:00:00.000Z', '2026-11-27T11:00:00.000Z')
  expect(error).toMatchObject({ type: 'try-again', nonRetryable: false })
  expect(stored).toMatchObject([{ failing_since: '2026-11-27T11:00:00.000Z', reason: expect.any(String) }])
})

test('a provider that has been away for the maximum length of an outage stops the run', async () => {
  const { error, stored } = await fail('2026-11-27T12:00:00.000Z', '2026-11-27T06:00:00.000Z')
  expect(error).toMatchObject({ type: 'stop-run', message: expect.stringContaining('have failed for 6 h') })
  expect(stored).toEqual([])
})

test('resuming the run starts the clock again', async () => {
  const { error, stored } = await fail(
    '2026-11-27T12:00:00.000Z',
    '2026-11-26T01:00:00.000Z',
    '2026-11-27T11:59:00.000Z',
  )
  expect(error).toMatchObject({ type: 'try-again' })
  expect(stored).toMatchObject([{ failing_since: '2026-11-27T12:00:00.000Z' }])
})
