import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { nameTask, type EvaluationSet } from '../../domain/exports/guard.ts'
import type { PrintedTask } from '../../domain/exports/kinship/index-kin.ts'
import { printTask } from '../../domain/exports/kinship/print-task.ts'
import {
  findBenchmark,
  isEvaluationName,
  publishedBenchmarks,
  type BenchmarkName,
} from '../../domain/tasks/benchmarks.ts'
import type { Task } from '../../domain/tasks/task.ts'
import { hashGitTree } from '../datasets/official/hash-git-tree.ts'
import { readFolder } from '../datasets/official/read-folder.ts'
import { readDataset } from '../datasets/read-dataset.ts'
import { orWhenMissing } from '../files/or-when-missing.ts'
import { hashPrint } from './hash-print.ts'

export interface EvaluationPlaces {
  /** Where fetched datasets are, each in a folder of its name. */
  readonly fetched: string
  /** The folder of the tasks that Arcloom ships, with its splits. */
  readonly shipped: string
  /** Where a run's tasks were read from: their benchmark's evaluation set may be beside them. */
  readonly datasets: readonly string[]
  /** Datasets that a person named as guards. */
  readonly namedPaths: readonly string[]
  /** Sets with known fingerprints: a folder that holds one of them is not read again. */
  readonly fingerprints?: readonly EvaluationSet[]
}

interface Place {
  readonly path: string
  readonly benchmark?: BenchmarkName
  readonly asked: boolean
}

/**
 * Reads every evaluation set on this machine, and every dataset named as a guard. A set in two places is read once.
 *
 * @throws {MalformedInput} for the first fault in one of them: an unreadable set guards nothing
 */
export async function findEvaluationSets(places: EvaluationPlaces): Promise<readonly EvaluationSet[]> {
  const { fetched, shipped, datasets, namedPaths, fingerprints = [] } = places
  const near = await Promise.all(datasets.map(listNear))
  const candidates: readonly Place[] = [
    ...namedPaths.map((path) => ({ path, asked: true })),
    { path: join(shipped, 'evaluation'), benchmark: 'arcloom' as const, asked: false },
    ...publishedBenchmarks.map(({ name }) => ({ path: join(fetched, name, 'data', 'evaluation'), asked: false })),
    ...near.flat().map((path) => ({ path, asked: false })),
  ]
  const distinct = new Map<string, Place>()
  for (const place of candidates) {
    const path = await orWhenMissing(realpath(place.path), undefined)
    // A named guard is read even if it is missing: the reader reports that.
    if (path === undefined && !place.asked) continue
    const name = path ?? place.path
    distinct.set(name, { ...place, ...distinct.get(name) })
  }
  return Promise.all([...distinct.values()].map((place) => readSet(place, fingerprints)))
}

/** Folders named `evaluation` that belong to the dataset at a path: inside it, above it, or beside the file. */
async function listNear(path: string): Promise<string[]> {
  const folder = (await isFolder(path)) ? path : dirname(path)
  const isSplit = ['training', 'train', 'evaluation'].includes(basename(folder))
  return [join(isSplit ? dirname(folder) : folder, 'evaluation'), join(folder, 'data', 'evaluation')]
}

async function readSet(
  { path, benchmark, asked }: Place,
  fingerprints: readonly EvaluationSet[],
): Promise<EvaluationSet> {
  const published = benchmark ?? (await findPublished(path))
  const twin = fingerprints.find((set) => set.benchmark === published && published !== undefined)
  if (twin !== undefined) return { ...twin, path, asked }
  const { tasks, faults } = await readDataset(path)
  const [fault] = faults
  if (fault !== undefined) throw fault
  const evaluation = tasks.filter(isEvaluationName)
  // Part of its tasks is not the set: relatives of the others would go unnoticed.
  const whole = publishedBenchmarks.find(({ name, evaluationTasks }) => {
    return evaluation.filter(({ dataset }) => findBenchmark(dataset)?.name === name).length >= evaluationTasks
  })
  return {
    name: published ?? path,
    path,
    benchmark: published ?? whole?.name,
    verified: published !== undefined,
    asked,
    // From a whole dataset its evaluation tasks; from a folder whose name is not a split's, all tasks.
    tasks: (evaluation.length > 0 ? evaluation : tasks).map(printForIndex),
  }
}

/** The benchmark whose published evaluation tasks are exactly those in a folder, judged by content, not by name. */
async function findPublished(path: string): Promise<BenchmarkName | undefined> {
  if (!(await isFolder(path))) return undefined
  const isTask = (file: string) => file.endsWith('.json') && !file.includes('/')
  const tree = hashGitTree(await readFolder(path, isTask))
  return publishedBenchmarks.find(({ trees }) => trees['data/evaluation'] === tree)?.name
}

function printForIndex(task: Task): PrintedTask {
  const { pairs, parts } = printTask(task, hashPrint)
  return { name: nameTask(task), pairs, parts: [...parts.keys()] }
}

async function isFolder(path: string): Promise<boolean> {
  return (await orWhenMissing(stat(path), undefined))?.isDirectory() ?? false
}
