import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import {
  addTraces,
  editTrace,
  listTraces,
  removeTrace,
  restoreTrace,
  voteOnTrace,
  type TraceEdit,
  type TraceOutcome,
  type TraceRemoval,
  type TraceVote,
} from '../../domain/tasks/change-traces.ts'
import { mergeTraces, type TraceMerge } from '../../domain/tasks/merge-traces.ts'
import type { Trace, TracesByTask } from '../../domain/tasks/trace.ts'
import { isMissing } from '../files/error-code.ts'
import { createJsonFile } from '../files/json-file.ts'
import { readJsonBy } from '../files/read-json-by.ts'
import { readText } from '../files/read-text.ts'
import { createRemovedLog } from '../files/removed-log.ts'
import { traceSchema, tracesSchema } from './trace-schema.ts'

/** `traces_store.json`: what people and models wrote about tasks. Any number of processes may use it at once. */
export interface TraceStore {
  /** @throws {MalformedInput} for the first fault, when the file was edited outside Arcloom */
  read(): Promise<TracesByTask>
  add(trace: Pick<Trace, 'task_id' | 'username' | 'text' | 'version'>): Promise<Trace>
  /** Keeps a model's answer in a conversation, once. @returns the trace, which may have been there */
  keep(answer: KeptAnswer): Promise<Trace>
  edit(edit: TraceEdit): Promise<TraceOutcome>
  vote(vote: TraceVote): Promise<TraceOutcome>
  remove(removal: TraceRemoval): Promise<TraceOutcome>
  /** Undoes a removal by the same person. */
  restore(removal: TraceRemoval): Promise<TraceOutcome>
  /** Adds models' traces. A trace that is present, or was removed, is not added again. */
  merge(newTraces: readonly Trace[]): Promise<Omit<TraceMerge, 'traces'>>
}

type KeptAnswer = Pick<Trace, 'task_id' | 'username' | 'text' | 'version'> & {
  readonly discussion: NonNullable<Trace['discussion']>
}

const removedSchema = z.object({ removed_at: z.string(), removed_by: z.string(), entry: traceSchema })

/**
 * @param path of the file, created by the first edit; removed traces are kept beside it, in `….removed.jsonl`
 * @param shipped the file with the initial traces, if there is one
 */
export function createTraceStore(path: string, shipped: string): TraceStore {
  const begin = () => readShipped(shipped)
  const render = (traces: TracesByTask) => `${JSON.stringify(traces, null, 2)}\n`
  const file = createJsonFile(path, { parse: parseTraces, render, begin })
  const removed = createRemovedLog<Trace>(path.replace(/(\.json)?$/, '.removed.jsonl'), removedSchema)
  const listRemoved = async () => (await removed.list()).map(({ entry }) => entry)
  return {
    read: () => file.read(),
    add: (given) =>
      file.edit((traces) => {
        const trace = createTrace(given)
        return { value: addTraces(traces, [trace]), result: trace }
      }),
    keep: (given) =>
      file.edit((traces) => {
        const { id, question } = given.discussion
        const kept = listTraces(traces, given.task_id).find(
          ({ discussion }) => discussion?.id === id && discussion.question === question,
        )
        const trace = kept ?? createTrace(given)
        return { value: kept ? undefined : addTraces(traces, [trace]), result: trace }
      }),
    edit: (edit) => file.edit((traces) => editTrace(traces, edit)),
    vote: (vote) => file.edit((traces) => voteOnTrace(traces, vote)),
    remove: (removal) =>
      file.edit(async (traces) => {
        const change = removeTrace(traces, removal)
        if (change.value !== undefined && change.result.outcome === 'done') {
          const { trace } = change.result
          await removed.append({ removed_at: new Date().toISOString(), removed_by: removal.username, entry: trace })
        }
        return change
      }),
    restore: (removal) => file.edit(async (traces) => restoreTrace(traces, await listRemoved(), removal)),
    merge: (found) =>
      file.edit(async (before) => {
        const { traces, ...result } = mergeTraces(before, await listRemoved(), found)
        return { value: result.added.length > 0 ? traces : undefined, result }
      }),
  }
}

function createTrace(given: Pick<Trace, 'task_id' | 'username' | 'text' | 'version' | 'discussion'>): Trace {
  const trace_id = `${given.task_id}_${given.username}_${randomUUID().slice(0, 8)}`
  return { trace_id, ...given, score: 0, timestamp: Date.now() / 1000, voters: {} }
}

async function readShipped(path: string): Promise<TracesByTask> {
  try {
    return parseTraces(await readText(path), path)
  } catch (error) {
    if (isMissing(error)) return {}
    throw error
  }
}

function parseTraces(text: string, file: string): TracesByTask {
  const reading = readJsonBy(tracesSchema, text, file)
  if ('value' in reading) return reading.value
  throw reading.faults[0]
}
