import { z } from 'zod'
import {
  adoptProgress,
  countTry,
  type Progress,
  type Submission,
  type TestProgress,
} from '../../domain/tasks/progress.ts'
import { createJsonFile } from '../files/json-file.ts'
import { readJsonBy } from '../files/read-json-by.ts'

/** `progress.json`: the tasks that people solved by hand. Any number of processes may use it at once. */
export interface ProgressFile {
  /** @throws {MalformedInput} for the first fault, when the file was edited outside Arcloom */
  read(): Promise<Progress>
  countTry(submission: Submission): Promise<TestProgress>
  adopt(from: string, to: string): Promise<void>
}

const testSchema = z.looseObject({ tries: z.int().min(0), solved_in: z.int().min(1).nullable() })
const taskSchema = z.looseObject({ task_id: z.string(), task_hash: z.string(), tests: z.array(testSchema) })
const progressSchema = z.looseObject({ people: z.record(z.string(), z.record(z.string(), taskSchema)) })

export function createProgressFile(path: string): ProgressFile {
  const file = createJsonFile<Progress>(path, {
    parse: parseProgress,
    render: (progress) => `${JSON.stringify(progress, null, 1)}\n`,
    begin: async () => ({ people: {} }),
  })
  return {
    read: () => file.read(),
    countTry: (submission) =>
      file.edit((before) => {
        const { progress, test } = countTry(before, submission)
        return { value: progress === before ? undefined : progress, result: test }
      }),
    adopt: (from, to) =>
      file.edit((before) => {
        const progress = adoptProgress(before, from, to)
        return { value: progress === before ? undefined : progress, result: undefined }
      }),
  }
}

function parseProgress(text: string, file: string): Progress {
  const reading = readJsonBy(progressSchema, text, file)
  if ('value' in reading) return reading.value
  throw reading.faults[0]
}
