import { needOutcomes } from '../adapters/stores/need-outcomes.ts'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { isOpen, type RunState } from '../domain/runs/run.ts'
import { readSolved } from './read-solved.ts'

/** Whoever asks for the runs is not kept waiting for thousands of records: what is found later is said the next time. */
const patienceMs = 1_000

const underWay = new WeakMap<RunFolder, Promise<void>>()

/**
 * Reads what a run's numbers come from; each record once while the server runs.
 *
 * @throws {DamagedRun}
 */
export async function needSound(folder: RunFolder, state: RunState): Promise<void> {
  const checking = underWay.get(folder) ?? check(folder, state).finally(() => underWay.delete(folder))
  underWay.set(folder, checking)
  // It may fail when nobody listens any more.
  checking.catch(() => undefined)
  const timer = Promise.withResolvers<void>()
  const timeout = setTimeout(timer.resolve, patienceMs)
  await Promise.race([checking, timer.promise]).finally(() => clearTimeout(timeout))
}

async function check(folder: RunFolder, state: RunState): Promise<void> {
  const [outcomes, failures, items] = await Promise.all([readSolved(folder), folder.listFailures(), folder.listItems()])
  if (state.state === 'complete') needOutcomes(folder, items, outcomes, failures)
  // The pairs of the others were read with their records.
  const unrecorded = isOpen(state.state) ? [] : items.filter(({ key }) => !outcomes.has(key))
  for (const { hash } of unrecorded) await folder.readPairs(hash)
}
