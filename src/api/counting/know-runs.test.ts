import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { buildRecord } from '../../../test/support/build-record.ts'
import { buildPairs } from '../../../test/support/build-run.ts'
import { putRun } from '../../../test/support/put-run.ts'
import type { RunNumbers } from '../../domain/results/run-document.ts'
import { openRunStore } from '../../runs/open-run-store.ts'
import { readNumbers } from '../../runs/read-numbers.ts'
import { summarizeRun } from '../summarize-run.ts'
import { createRunKnowledge } from './know-runs.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'arcloom-knowledge-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

test('a resumed run that has just ended does not show what was counted before', async () => {
  const none = { grids: [null] }
  const folder = await putRun(openRunStore({ dataDir }, 'test'), [[none]], { runId: 'one', items: 2 })
  const interrupted = await folder.readState()
  await folder.putState({ ...interrupted, items: { total: 2, recorded: 1, failed: 0 } })
  let count: () => Promise<RunNumbers> = () => readNumbers(folder)
  const knowledge = createRunKnowledge({
    countRun: () => count(),
    readProgress: () => Promise.reject(new Error('unused')),
  })
  const patientMs = 20_000
  const summarize = async (patienceMs: number) => summarizeRun(await knowledge.look(folder, patienceMs), Date.now())
  const before = await summarize(patientMs)
  expect(before).toMatchObject({ state: 'interrupted', tasks: { done: 1 } })
  expect(before.numbers).not.toBeNull()

  const [, second] = await folder.listItems()
  if (second) await folder.putRecord(buildRecord(second, buildPairs(1), [none, none]))
  const at = '2026-01-02T00:00:00.000Z'
  const items = { total: 2, recorded: 2, failed: 0 }
  await folder.putState({ ...interrupted, state: 'complete', items, opened_at: at, ended_at: at, updated_at: at })
  // The new count takes longer than a visitor waits.
  const { promise, resolve } = Promise.withResolvers<RunNumbers>()
  count = () => promise
  expect(await summarize(50)).toMatchObject({ state: 'complete', tasks: { done: 2 }, numbers: null })
  resolve(await readNumbers(folder))
  expect((await summarize(patientMs)).numbers).not.toBeNull()
})
