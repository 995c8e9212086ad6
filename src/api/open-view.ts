import { findTask, listById, type CatalogueTask } from '../adapters/datasets/create-catalogue.ts'
import { hashTask } from '../adapters/datasets/hash-task.ts'
import { count } from '../domain/count.ts'
import type { Grid } from '../domain/grids/grid.ts'
import { applyTransforms } from '../domain/grids/transforms/apply-transform.ts'
import { parsePackedTransforms } from '../domain/grids/transforms/pack-transforms.ts'
import type { Transform } from '../domain/grids/transforms/transform.ts'
import { pickPairs, samePairs, type DatasetEntry } from '../domain/tasks/dataset-entry.ts'
import type { PosedTask } from '../domain/tasks/task.ts'
import { isVersionOf, listAllTasks, type Library } from './library.ts'
import { Problem } from './problem.ts'

/** How an address identifies a view. */
export interface ViewName {
  readonly key: string
  readonly version: string | undefined
  /** Transforms on top of the version, packed. */
  readonly steps: string | undefined
}

/** A task in one version, under transforms: what somebody is looking at. */
export interface OpenView {
  readonly task: CatalogueTask
  /** Its signed versions, by number. */
  readonly versions: readonly DatasetEntry[]
  readonly version: number
  readonly steps: readonly Transform[]
  readonly pairs: PosedTask
  /** Content hash of the pairs. */
  readonly hash: string
}

/** Limits the work that one address can cause. */
const maxSteps = 64

/** @throws {Problem} naming the invalid part */
export async function openView(library: Library, name: ViewName): Promise<OpenView> {
  const task = await openTask(library, name.key)
  const entries = await library.dataset.read()
  const versions = entries.filter((entry) => isVersionOf(task, entry)).sort((a, b) => a.version - b.version)
  const version = parseVersion(name.version)
  const steps = parseSteps(name.steps)
  const pairs = pickPairs(transform(openVersion(task, versions, version), steps))
  return { task, versions, version, steps, pairs, hash: hashTask(pairs) }
}

/** @throws {Problem} if no task, or more than one, has this name */
export async function openTask(library: Library, name: string): Promise<CatalogueTask> {
  const tasks = await listAllTasks(library)
  const task = findTask(tasks, name)
  if (task) return task
  const namesakes = listById(tasks, name)
  if (namesakes.length === 0) throw new Problem(404, 'no-such-task', `There is no task "${name}".`)
  const keys = namesakes.map(({ key, places }) => `${key} (${places.map(({ dataset }) => dataset).join(', ')})`)
  throw new Problem(404, 'ambiguous-task', `${namesakes.length} tasks are called "${name}": ${keys.join(', ')}.`)
}

/**
 * The expected output of a test input.
 *
 * @throws {Problem} if there is no such test input, or its output was never published
 */
export function openOutput({ pairs }: OpenView, test: number): Grid {
  const pair = pairs.test[test]
  if (pair?.output) return pair.output
  if (pair) throw new Problem(404, 'no-solution', 'No solution is known for this test input.')
  const inputs = count(pairs.test.length, 'test input')
  throw new Problem(400, 'malformed', `test: ${test}; this task has ${inputs}, counted from 0`, 'test')
}

/** The version with exactly the content of a view; the task as published counts, signed or not. */
export function findSameVersion({ task, versions, pairs }: OpenView): number | null {
  if (samePairs(task, pairs)) return 0
  return versions.find((entry) => samePairs(entry, pairs))?.version ?? null
}

function openVersion(task: CatalogueTask, versions: readonly DatasetEntry[], version: number): PosedTask {
  if (version === 0) return task
  const entry = versions.find((other) => other.version === version)
  if (entry) return entry
  const versionList = versions.map((other) => other.version).join(', ')
  throw new Problem(
    404,
    'no-such-version',
    `Task "${task.key}" has no version ${version}${versionList === '' ? '; none is signed yet' : `; it has ${versionList}`}.`,
  )
}

function parseVersion(text: string | undefined): number {
  if (text === undefined) return 0
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new Problem(400, 'malformed', `version: ${JSON.stringify(text)}; must be a whole number from 0`, 'version')
}

function parseSteps(text: string | undefined): readonly Transform[] {
  const steps = parsePackedTransforms(text ?? '')
  if (steps && steps.length <= maxSteps) return steps
  const allowed = `at most ${maxSteps} transforms such as rotate-90.permute-0213456789.swap-0-1`
  throw new Problem(400, 'malformed', `steps: ${JSON.stringify(text?.slice(0, 60))}; must be ${allowed}`, 'steps')
}

function transform(pairs: PosedTask, steps: readonly Transform[]): PosedTask {
  try {
    return applyTransforms(pairs, steps)
  } catch (error) {
    // A swap of a pair that does not exist.
    if (error instanceof RangeError) throw new Problem(400, 'malformed', `steps: ${error.message}`, 'steps')
    throw error
  }
}
