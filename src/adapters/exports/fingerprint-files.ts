import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { EvaluationSet, TrainingSet } from '../../domain/exports/guard.ts'
import { identifyTask, printTask } from '../../domain/exports/kinship/print-task.ts'
import { benchmarkNames, type BenchmarkName } from '../../domain/tasks/benchmarks.ts'
import type { Task } from '../../domain/tasks/task.ts'
import { orWhenMissing } from '../files/or-when-missing.ts'
import { readJsonBy } from '../files/read-json-by.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { hashPrint, printLength } from './hash-print.ts'

/** The version of the method that makes prints. Prints made by another version cannot be used. */
const method = 1

const printsSchema = z.string().regex(/^(?:[\w-]{8})*$/, { error: 'must be prints of eight characters each' })

const headShape = {
  set: z.string().min(1),
  method: z.int(),
  /** Git's id of the folder they were made from; empty if it is not a published one. */
  tree: z.string(),
}

const fileSchema = z.discriminatedUnion('split', [
  z.object({
    ...headShape,
    split: z.literal('evaluation'),
    tasks: z.record(z.string(), z.object({ pairs: printsSchema, parts: printsSchema })),
  }),
  z.object({ ...headShape, split: z.literal('training'), tasks: printsSchema }),
])

type FingerprintFile = z.infer<typeof fileSchema>

/** Where such files are: the shipped ones, and those that `dataset fetch` kept. */
export function fingerprintFolders({
  dataDir,
  projectRoot,
}: {
  readonly dataDir: string
  readonly projectRoot: string
}): string[] {
  return [...new Set([join(projectRoot, 'data', 'fingerprints'), keptFingerprints(dataDir)])]
}

/** Where fingerprints of fetched sets are kept. */
export function keptFingerprints(dataDir: string): string {
  return join(dataDir, 'fingerprints')
}

/** What is known of published sets without their tasks. */
export interface Fingerprints {
  readonly evaluation: readonly EvaluationSet[]
  readonly training: readonly TrainingSet[]
}

/**
 * Reads the fingerprints of sets from folders of such files, of which any may be missing.
 *
 * @throws {MalformedInput} for the first malformed file
 */
export async function readFingerprints(folders: readonly string[]): Promise<Fingerprints> {
  const evaluation = new Map<string, EvaluationSet>()
  const training: TrainingSet[] = []
  for (const path of (await Promise.all(folders.map(listFiles))).flat()) {
    const reading = readJsonBy(fileSchema, await readFile(path, 'utf8'), path)
    if ('faults' in reading) throw reading.faults[0] ?? new Error(`${path} cannot be read`)
    const file = reading.value
    if (file.method !== method) continue
    const benchmark = benchmarkNames.find((name) => name === file.set)
    if (file.split === 'evaluation') evaluation.set(file.set, readEvaluation(file, path, benchmark))
    else if (benchmark !== undefined) training.push({ benchmark, identities: new Set(splitPrints(file.tasks)) })
  }
  return { evaluation: [...evaluation.values()], training }
}

async function listFiles(folder: string): Promise<string[]> {
  const names = await orWhenMissing(readdir(folder), [])
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name))
}

function readEvaluation(
  { set, tasks }: Extract<FingerprintFile, { split: 'evaluation' }>,
  path: string,
  benchmark: BenchmarkName | undefined,
): EvaluationSet {
  const printedTasks = Object.entries(tasks).map(([taskId, { pairs, parts }]) => ({
    name: `${set}/evaluation/${taskId}`,
    pairs: splitPrints(pairs),
    parts: splitPrints(parts),
  }))
  return { name: set, path, benchmark, verified: true, asked: false, tasks: printedTasks }
}

/** The input of a fingerprint file. */
export interface PrintedSet {
  /** The benchmark's name, or a person's name for their own set. */
  readonly name: string
  readonly split: 'training' | 'evaluation'
  readonly tree: string
  readonly tasks: readonly Task[]
}

/**
 * Writes the fingerprints of a set into a folder, replacing existing ones. Within a task they are sorted, so that nothing shows
 * where in it a part was.
 *
 * @returns the path of the file
 */
export async function writeFingerprints(folder: string, { name, split, tree, tasks }: PrintedSet): Promise<string> {
  const head = { set: name, split, method, tree }
  const printedTasks = tasks.map((task) => ({ taskId: task.taskId, prints: printTask(task, hashPrint) }))
  const identities = printedTasks.map(({ prints }) => identifyTask(prints, hashPrint)).sort()
  const ofTask = printedTasks.map(({ taskId, prints: { pairs, parts } }) => {
    return [taskId, { pairs: pairs.toSorted().join(''), parts: [...parts.keys()].sort().join('') }] as const
  })
  const content = split === 'training' ? identities.join('') : Object.fromEntries(ofTask)
  const path = join(folder, `${name}-${split}.json`)
  await writeFileAtomically(path, `${JSON.stringify({ ...head, tasks: content }, null, 2)}\n`)
  return path
}

function splitPrints(prints: string): string[] {
  return Array.from({ length: prints.length / printLength }, (_, index) =>
    prints.slice(index * printLength, (index + 1) * printLength),
  )
}
