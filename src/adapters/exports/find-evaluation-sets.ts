import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { findBenchmark, isEvaluationSplit, publishedBenchmarks, type BenchmarkName } from '../../domain/benchmarks.ts'
import type { EvaluationSet } from '../../domain/exports/guard.ts'
import { readDataset } from '../datasets/read-dataset.ts'
import { orWhenMissing } from '../or-when-missing.ts'

export interface EvaluationPlaces {
  /** Where fetched datasets are, each in a folder of its name. */
  readonly fetched: string
  /** The folder of the tasks that Arcloom ships, with its splits. */
  readonly shipped: string
  /** Where a run's tasks were read: their benchmark's evaluation set may lie beside them. */
  readonly datasets: readonly string[]
  /** What a person named as guards. */
  readonly asked: readonly string[]
}

interface Place {
  readonly path: string
  readonly benchmark?: BenchmarkName
  readonly asked: boolean
}

/**
 * Reads every evaluation set that is on this machine, and every dataset that was asked for as a guard. What lies in two places is
 * read once.
 *
 * @throws {MalformedInput} for the first fault in one of them: what cannot be read guards nothing
 */
export async function findEvaluationSets(places: EvaluationPlaces): Promise<readonly EvaluationSet[]> {
  const { fetched, shipped, datasets, asked } = places
  const near = await Promise.all(datasets.map(listNear))
  const candidates: readonly Place[] = [
    ...asked.map((path) => ({ path, asked: true })),
    { path: join(shipped, 'evaluation'), benchmark: 'arcloom' as const, asked: false },
    ...publishedBenchmarks.map(({ name }) => ({ path: join(fetched, name, 'data', 'evaluation'), asked: false })),
    ...near.flat().map((path) => ({ path, asked: false })),
  ]
  const distinct = new Map<string, Place>()
  for (const place of candidates) {
    const path = await orWhenMissing(realpath(place.path), undefined)
    // What was asked for is read where it is missing, too: the reader says so.
    if (path === undefined && !place.asked) continue
    const name = path ?? place.path
    distinct.set(name, { ...place, ...distinct.get(name) })
  }
  return Promise.all([...distinct.values()].map(readSet))
}

/** Folders called `evaluation` that belong to the dataset at a path: to a folder of tasks, one above it, or a file in it. */
async function listNear(path: string): Promise<string[]> {
  const folder = (await isFolder(path)) ? path : dirname(path)
  const isSplit = ['training', 'train', 'evaluation'].includes(basename(folder))
  return [join(isSplit ? dirname(folder) : folder, 'evaluation'), join(folder, 'data', 'evaluation')]
}

async function readSet({ path, benchmark, asked }: Place): Promise<EvaluationSet> {
  const { tasks, faults } = await readDataset(path)
  const [fault] = faults
  if (fault !== undefined) throw fault
  const evaluation = tasks.filter(({ split }) => isEvaluationSplit(split))
  // A part of its tasks is not the set: what is kin to the others would go unseen.
  const whole = publishedBenchmarks.find(({ name, evaluationTasks }) => {
    return evaluation.filter(({ dataset }) => findBenchmark(dataset)?.name === name).length >= evaluationTasks
  })
  // Of a whole dataset its evaluation tasks; of a folder that is called like no split everything.
  return { path, benchmark: benchmark ?? whole?.name, asked, tasks: evaluation.length > 0 ? evaluation : tasks }
}

async function isFolder(path: string): Promise<boolean> {
  return (await orWhenMissing(stat(path), undefined))?.isDirectory() ?? false
}
