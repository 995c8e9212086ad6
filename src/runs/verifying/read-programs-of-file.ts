import { basename, extname } from 'node:path'
import type { Origin } from '../../adapters/files/read-json-by.ts'
import { readResults } from '../../adapters/results/read-results.ts'
import { readEmbeddedTask, type ResultsFileEntry } from '../../adapters/results/results-file-entry.ts'
import { count } from '../../domain/count.ts'
import { MalformedInput } from '../../domain/malformed-input.ts'
import type { ProgramToVerify } from '../../domain/runs/program-to-verify.ts'
import type { TaskPairs } from '../../domain/tasks/task.ts'
import { createGathering, type ProgramsToVerify } from './programs-to-verify.ts'

/**
 * Reads the programs of a results file, ours or the Python original's. An entry that cannot be used becomes a fault; the others
 * are still read.
 *
 * @throws {MalformedInput} if the file does not exist
 */
export async function readProgramsOfFile(path: string): Promise<ProgramsToVerify> {
  const gathering = createGathering()
  const name = basename(path, extname(path))
  const faults: MalformedInput[] = []
  let withoutProgram = 0
  for await (const part of readResults(path)) {
    if (part.type === 'fault') faults.push(part.fault)
    if (part.type !== 'entry') continue
    const { entry, origin } = part
    const task = readTask(entry, origin)
    if ('faults' in task) {
      faults.push(...takeFirst(task.faults))
      continue
    }
    const programs = listPrograms(entry, origin)
    withoutProgram += entry.python_code.length - programs.length
    if (programs.length === 0) continue
    gathering.add(
      {
        taskId: entry.task_id,
        version: entry.version,
        dataset: readText(entry['dataset']) ?? name,
        split: readText(entry['split']) ?? 'all',
        ...task.value,
      },
      programs,
    )
  }
  return { name, origin: path, items: gathering.list(), faults: faults.map(describeFault), withoutProgram }
}

/** A task can be verified if the entry has its pairs and a place for programs. */
function readTask(
  entry: ResultsFileEntry,
  origin: Origin,
): { value: TaskPairs } | { faults: readonly MalformedInput[] } {
  const task = readEmbeddedTask(entry, origin)
  if ('faults' in task || entry.python_code.length > 0) return task
  const problem = 'no program: `python_code` must be a string or a list of strings'
  return { faults: [new MalformedInput(origin.file, origin.place, problem)] }
}

/** One fault per entry: a grid of strings would give one for each of its cells. */
function takeFirst([first, ...others]: readonly MalformedInput[]): MalformedInput[] {
  if (first === undefined) return []
  const more = others.length > 0 ? ` (and ${count(others.length, 'more fault')} in this entry)` : ''
  return [new MalformedInput(first.file, first.place, `${first.problem}${more}`)]
}

function listPrograms(entry: ResultsFileEntry, { file, place }: Origin): ProgramToVerify[] {
  return entry.python_code.flatMap((program, sample) =>
    program === null || program.trim() === ''
      ? []
      : [{ program: program.replace(/^\uFEFF/, ''), source: { origin: file, place, sample } }],
  )
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function describeFault({ file, place, message }: MalformedInput) {
  return { file, place, message }
}
