import { hashText } from '../adapters/files/hash.ts'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { readRound } from '../domain/answers/read-round.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { findProvider } from '../domain/providers/providers.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import type { ProgramToVerify } from '../domain/runs/program-to-verify.ts'
import {
  chooseRound,
  chosenRound,
  type ItemRecord,
  type RoundRecord,
  type SampleRecord,
} from '../domain/runs/record.ts'
import { needAskingRun } from '../domain/runs/run.ts'
import type { ItemReference } from '../domain/tasks/item.ts'
import { createGathering, type ProgramsToVerify } from './verifying/programs-to-verify.ts'

/** The result of running a program. */
type Execution = Pick<RoundRecord, 'run' | 'sandbox'>

/** Verdicts of programs that were run again. */
export type FindExecution = (taskHash: string, programHash: string) => Execution | undefined

/** A run as it would be recorded today. */
export interface RereadRun {
  /** The run's folder, except that each record is rebuilt from stored answers when read. */
  readonly folder: RunFolder
  /** Samples that changed: outcome, program or grids. */
  readonly changedSamples: number
  readonly samples: number
  /** Programs whose source is new and has not been run yet. */
  readonly unverified: ProgramsToVerify
}

/** Records read concurrently: each brings its answers. */
const readTogether = 8

/**
 * Rereads the stored answers of a run under the current rules, without asking a model. A program whose source is unchanged keeps
 * its verdict; the verdict of a changed one is looked up, and until it is found the program counts as not run.
 */
export async function rereadRun(folder: RunFolder, findExecution: FindExecution = () => undefined): Promise<RereadRun> {
  const run = needAskingRun(await folder.readRun())
  const recipe = findRecipe(run.specification.recipe)
  const { readReply } = findProvider(run.model.provider)
  const reread = async (record: ItemRecord): Promise<ItemRecord> => {
    const { train } = await folder.readPairs(record.item.hash)
    const executions = listExecutions(record)
    const samples = await Promise.all(
      record.samples.map(async ({ rounds }): Promise<SampleRecord> => {
        const again = await Promise.all(rounds.map((round) => rereadRound(record.item, round, executions)))
        return { rounds: again, chosen: chooseRound(again, train.length) }
      }),
    )
    return { ...record, samples }
  }
  const rereadRound = async (
    { hash }: ItemReference,
    round: RoundRecord,
    executions: ReadonlyMap<string, Execution>,
  ): Promise<RoundRecord> => {
    const answers = await Promise.all(round.answers.map((key) => folder.readAnswer(key)))
    const reading = readRound(recipe, answers, readReply)
    if (reading.program === round.program) return { ...round, ...reading }
    const programHash = reading.program === null ? null : hashText(reading.program)
    const execution =
      programHash === null ? undefined : (executions.get(programHash) ?? findExecution(hash, programHash))
    return { ...round, ...reading, program_hash: programHash, run: null, sandbox: null, ...execution }
  }

  const gathering = createGathering()
  const counts = { changed: 0, samples: 0 }
  await mapConcurrently(
    await folder.listItems(),
    readTogether,
    async ({ key, task_id, version, hash, dataset, split }) => {
      const before = await folder.findRecord(key)
      if (before === undefined) return
      const after = await reread(before)
      counts.samples += after.samples.length
      counts.changed += after.samples.filter((sample, index) => isChanged(before.samples[index], sample)).length
      const programs = listUnverified(after, run.run_id)
      if (programs.length === 0) return
      gathering.add({ taskId: task_id, version, dataset, split, ...(await folder.readPairs(hash)) }, programs)
    },
  )
  return {
    folder: {
      ...folder,
      async findRecord(key) {
        const record = await folder.findRecord(key)
        return record && reread(record)
      },
    },
    changedSamples: counts.changed,
    samples: counts.samples,
    unverified: {
      name: run.run_id,
      origin: run.run_id,
      items: gathering.list().sort(compareTasks),
      faults: [],
      withoutProgram: 0,
    },
  }
}

/** Records come in any order; the same programs must make the same verification. */
function compareTasks(
  { task: a }: ProgramsToVerify['items'][number],
  { task: b }: ProgramsToVerify['items'][number],
): number {
  return a.taskId === b.taskId ? a.version - b.version : a.taskId < b.taskId ? -1 : 1
}

/** The verdicts that a record already has, by the hash of the program. */
function listExecutions({ samples }: ItemRecord): Map<string, Execution> {
  const rounds = samples.flatMap((sample) => sample.rounds)
  return new Map(
    rounds.flatMap(({ program_hash, run, sandbox }) =>
      program_hash === null || run === null ? [] : [[program_hash, { run, sandbox }]],
    ),
  )
}

function isChanged(before: SampleRecord | undefined, after: SampleRecord): boolean {
  const readOutcome = (sample: SampleRecord) => {
    const { outcomes, program, grids } = chosenRound(sample)
    return JSON.stringify([outcomes, program, grids])
  }
  return before === undefined || readOutcome(before) !== readOutcome(after)
}

function listUnverified({ item, samples }: ItemRecord, origin: string): ProgramToVerify[] {
  return samples.flatMap(({ rounds }, sample) =>
    rounds.flatMap(({ program, run }) =>
      program === null || run !== null ? [] : [{ program, source: { origin, place: item.key, sample } }],
    ),
  )
}

/** Reads the verdicts of a verification, to reread a run with them. */
export async function readExecutions(verification: RunFolder): Promise<FindExecution> {
  const executions = new Map<string, Execution>()
  for (const { key, hash } of await verification.listItems()) {
    const record = await verification.findRecord(key)
    for (const [programHash, execution] of record ? listExecutions(record) : [])
      executions.set(`${hash} ${programHash}`, execution)
  }
  return (taskHash, programHash) => executions.get(`${taskHash} ${programHash}`)
}
