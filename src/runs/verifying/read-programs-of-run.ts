import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { ProgramToVerify } from '../../domain/runs/program-to-verify.ts'
import { chosenRound, type ItemRecord } from '../../domain/runs/record.ts'
import { createGathering, type ProgramsToVerify } from './programs-to-verify.ts'

/** Reads the program selected for each sample of a run from its records; unrecorded items have none yet. */
export async function readProgramsOfRun(folder: RunFolder): Promise<ProgramsToVerify> {
  const { runId } = folder
  const gathering = createGathering()
  let withoutProgram = 0
  for (const { key, task_id, version, hash, dataset, split } of await folder.listItems()) {
    const record = await folder.findRecord(key)
    if (record === undefined) continue
    const programs = listPrograms(record, runId)
    withoutProgram += record.samples.length - programs.length
    if (programs.length === 0) continue
    gathering.add({ taskId: task_id, version, dataset, split, ...(await folder.readPairs(hash)) }, programs)
  }
  return { name: runId, origin: runId, items: gathering.list(), faults: [], withoutProgram }
}

function listPrograms({ item, samples }: ItemRecord, origin: string): ProgramToVerify[] {
  return samples.flatMap((sample, index) => {
    const { program } = chosenRound(sample)
    return program === null ? [] : [{ program, source: { origin, place: item.key, sample: index } }]
  })
}
