import { RunNotFound, type RunFolder, type RunStore } from '../../adapters/stores/run-store.ts'
import { listSome } from '../../domain/format.ts'
import { listNearNames } from '../../domain/list-near-names.ts'
import { UsageError } from '../usage-error.ts'

/** Stands for the run that was created last. */
const newest = 'last'

/** A terminal is no place for more. */
const maxNames = 5

/**
 * The run that a person means: by its whole id, by the beginning of its id where no other begins so, or by `last`.
 *
 * @throws {UsageError} where several begin so @throws {RunNotFound} where none does
 */
export async function findRun(store: RunStore, name: string): Promise<RunFolder> {
  if (await store.hasRun(name)) return store.openRun(name)
  const known = await store.listRuns()
  const [first] = known
  if (name === newest && first !== undefined) return store.openRun(first)
  const [match, ...others] = name === '' ? [] : known.filter((runId) => runId.startsWith(name))
  if (match === undefined) throw new RunNotFound(name, known, listNearNames(name, known))
  if (others.length === 0) return store.openRun(match)
  const names = listSome([match, ...others], maxNames)
  throw new UsageError(`"${name}" is the beginning of ${others.length + 1} runs: ${names}. Type more of the one.`)
}
