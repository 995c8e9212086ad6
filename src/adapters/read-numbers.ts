import { createRunCounter } from '../domain/count-run.ts'
import { totalLedger } from '../domain/ledger.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import type { RunNumbers } from '../domain/run-document.ts'
import { isVerification, type RunRecord } from '../domain/run.ts'
import type { RunFolder } from './stores/run-store.ts'

/** Records read at once: each may hold many grids. */
const readTogether = 8

/** Counts a run from its files alone: records, failures, answers and ledger. No Temporal, no model. */
export async function readNumbers(folder: RunFolder): Promise<RunNumbers> {
  const [run, items] = await Promise.all([folder.readRun(), folder.listItems()])
  const recorded = new Set(await folder.listRecorded())
  const counter = createRunCounter()
  let testInputs = 0
  await mapConcurrently(items, readTogether, async (item) => {
    const pairs = await folder.readPairs(item.hash)
    testInputs += pairs.test.length
    const record = recorded.has(item.key) ? await folder.findRecord(item.key) : undefined
    if (record) counter.add(record, pairs)
  })
  const failures = (await folder.listFailures()).filter((failure) => !recorded.has(failure.item))
  return {
    run,
    state: await folder.readState(),
    counts: counter.counts(),
    ledger: totalLedger(await folder.readLedger()),
    answers: await folder.countAnswers(),
    wanted: countWanted(run, items.length, testInputs),
    failures,
  }
}

function countWanted(run: RunRecord, items: number, testInputs: number): number {
  if (isVerification(run)) return run.specification.program_count
  const { samples, recipe } = run.specification
  return samples * (findRecipe(recipe).asksPerTestInput ? testInputs : items)
}
