import type { RunFolder } from '../adapters/stores/run-store.ts'
import { isOpen, type RunState, type RunStateName } from '../domain/runs/run.ts'
import { readSolved } from '../runs/read-solved.ts'

/** Whoever asks for the runs is not kept waiting for thousands of records: what is found later is said the next time. */
const patienceMs = 1_000

const underWay = new WeakMap<RunFolder, Promise<void>>()

/**
 * Finds out whether what a run's numbers come from can be read.
 *
 * @param code as `recallNumbers` takes it
 * @throws {DamagedRun}
 */
export async function needSound(folder: RunFolder, { state }: RunState, code: string): Promise<void> {
  const checking = underWay.get(folder) ?? check(folder, state, code).finally(() => underWay.delete(folder))
  underWay.set(folder, checking)
  // It may fail when nobody listens any more.
  checking.catch(() => undefined)
  const timer = Promise.withResolvers<void>()
  const timeout = setTimeout(timer.resolve, patienceMs)
  await Promise.race([checking, timer.promise]).finally(() => clearTimeout(timeout))
}

async function check(folder: RunFolder, state: RunStateName, code: string): Promise<void> {
  await readSolved(folder, code)
  if (isOpen(state)) await folder.listFailures()
}
