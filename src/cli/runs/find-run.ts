import { RunNotFound, type RunFolder, type RunStore } from '../../adapters/stores/run-store.ts'
import { listSome } from '../../domain/format.ts'
import { listNearNames } from '../../domain/list-near-names.ts'
import { UsageError } from '../../domain/usage-error.ts'

/** Means the run that was created last. */
const newest = 'last'

/** Keep terminal output short. */
const maxNames = 5

/**
 * Finds a run by its id, by an unambiguous beginning of its id, or by `last`.
 *
 * @throws {UsageError} if several ids begin this way @throws {RunNotFound} if none does
 */
export async function findRun(store: RunStore, name: string): Promise<RunFolder> {
  if (await store.hasRun(name)) return store.openRun(name)
  const runIds = await store.listRuns()
  const [first] = runIds
  if (name === newest && first !== undefined) return store.openRun(first)
  const [match, ...others] = name === '' ? [] : runIds.filter((runId) => runId.startsWith(name))
  if (match === undefined) throw new RunNotFound(name, runIds, listNearNames(name, runIds))
  if (others.length === 0) return store.openRun(match)
  const names = listSome([match, ...others], maxNames)
  throw new UsageError(`"${name}" matches ${others.length + 1} runs: ${names}. Type more of the id.`)
}
