import { open } from 'node:fs/promises'
import { z } from 'zod'
import { MalformedInput } from '../../domain/malformed-input.ts'
import type { Trace } from '../../domain/tasks/trace.ts'
import { hashJson } from '../files/hash.ts'
import { checkBy, parseJson } from '../files/read-json-by.ts'
import { decodeText, readText } from '../files/read-text.ts'
import { traceSchema } from './trace-schema.ts'

export interface TraceFile {
  readonly traces: readonly Trace[]
  readonly faults: readonly MalformedInput[]
}

/**
 * A trace as the Python original and people's scripts wrote it: fields implied by its place may be missing, or have another form.
 */
const foreignTrace = z.looseObject(
  {
    username: z.string({ error: 'must be a name' }),
    text: z.string({ error: 'must be the text of the trace' }),
    trace_id: z.unknown().optional(),
    score: z.unknown().optional(),
    timestamp: z.unknown().optional(),
    voters: z.unknown().optional(),
  },
  { error: 'a trace must be an object' },
)

const headBytes = 4096

/**
 * Reads a `traces_store.json`, Arcloom's or the Python original's: traces by task id. An unusable trace is a fault among good
 * ones.
 *
 * @returns undefined for a file of another kind
 */
export async function readTraceFile(path: string): Promise<TraceFile | undefined> {
  if (!(await looksLikeTraces(path))) return undefined
  const parsed = parseJson(quoteNotNumbers(await readText(path)), { file: path, place: '' })
  if ('faults' in parsed) return { traces: [], faults: parsed.faults }
  const traces: Trace[] = []
  const faults: MalformedInput[] = []
  for (const [taskId, list] of Object.entries(parsed.value as Record<string, unknown>)) {
    if (!Array.isArray(list)) {
      faults.push(new MalformedInput(path, taskId, 'must be a list of traces'))
      continue
    }
    for (const [index, trace] of (list as unknown[]).entries()) {
      const origin = { file: path, place: `${taskId}[${index}]` }
      const read = checkBy(foreignTrace, trace, origin)
      const checked = 'faults' in read ? read : checkBy(traceSchema, complete(taskId, read.value), origin)
      if ('value' in checked) traces.push(checked.value)
      else faults.push(...checked.faults)
    }
  }
  return { traces, faults }
}

/** Whether it is an object whose first value is a list, and not a results file. Reads only its start: results may be large. */
async function looksLikeTraces(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
      const [, key] = /^\s*\{\s*"([^"]+)"\s*:\s*\[/.exec(decodeText(buffer.subarray(0, bytesRead))) ?? []
      return key !== undefined && !notTasks.has(key)
    } finally {
      await file.close()
    }
  } catch {
    // The reader of results reports what is wrong with a path.
    return false
  }
}

/** Fields that entries and results documents may begin with and that are lists. */
const notTasks = new Set(['results', 'reasoning', 'python_code', 'prompt_messages', 'train', 'test'])

/**
 * Python writes NaN and Infinity, which JSON does not have. Quoted, they are faults of their own trace only. An unclosed string
 * ends with the file, so that the search does not restart at each quote in it.
 */
function quoteNotNumbers(text: string): string {
  return text.replaceAll(/"[^"\\]*(?:\\[^][^"\\]*)*"?|-?Infinity|NaN/g, (word) =>
    word.startsWith('"') ? word : `"${word}"`,
  )
}

function complete(taskId: string, trace: z.infer<typeof foreignTrace>): unknown {
  const { trace_id, score, timestamp, voters, username, text, ...others } = trace
  const identity = hashJson([taskId, others['version'] ?? 0, username, text]).slice(0, 12)
  const written = typeof timestamp === 'string' ? Date.parse(timestamp) / 1000 : NaN
  return {
    task_id: taskId,
    ...others,
    username,
    text,
    trace_id: typeof trace_id === 'string' && trace_id !== '' ? trace_id : `${taskId}_${username}_${identity}`,
    score: score ?? 0,
    timestamp: Number.isNaN(written) ? (timestamp ?? 0) : written,
    // Names without their votes do not tell who may still vote which way; the score is kept below.
    voters: typeof voters === 'object' && voters !== null && !Array.isArray(voters) ? voters : {},
  }
}
