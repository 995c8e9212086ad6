import { findReasoningFlaw, type ReasoningFlaw } from '../../domain/answers/find-reasoning-flaw.ts'
import type { MalformedInput } from '../../domain/malformed-input.ts'
import type { Trace } from '../../domain/tasks/trace.ts'
import { hashJson } from '../files/hash.ts'
import { readResults } from '../results/read-results.ts'
import type { ResultsFileEntry } from '../results/results-file-entry.ts'
import { readTraceFile } from './read-trace-file.ts'

export interface CollectedTraces {
  readonly traces: readonly Trace[]
  /** How many samples had no usable reasoning, by reason. */
  readonly leftOut: Readonly<Partial<Record<LeftOut, number>>>
  readonly faults: readonly MalformedInput[]
}

export interface CollectOptions {
  /** The name that a run by this model signs with. */
  readonly nameAuthor: (model: string) => string
  /** Skips reasoning whose program or grid is wrong on a test output, or was never verified. */
  readonly onlyCorrect?: boolean
}

/** Why a sample's text became no trace. */
type LeftOut = ReasoningFlaw | 'not correct' | 'never verified'

/** The fields of an entry that a trace needs; the rest of a large file is released. */
type Source = Pick<ResultsFileEntry, 'task_id' | 'version' | 'run_id' | 'model'> & {
  readonly timestamp: unknown
  readonly sample: number
}

/** Used when neither metadata nor entry names a model, as in the Python original. */
const unknownAuthor = 'unknown_model'

/**
 * Collects the reasoning from a results file, Arcloom's or the Python original's: one trace per sample. The author is the
 * metadata's `model_username`; else the entry's or the metadata's model, named by `nameAuthor`. From a `traces_store.json` it
 * takes every trace unchanged.
 */
export async function collectTraces(
  path: string,
  { nameAuthor, onlyCorrect = false }: CollectOptions,
): Promise<CollectedTraces> {
  const traceFile = await readTraceFile(path)
  if (traceFile !== undefined) return { ...traceFile, leftOut: {} }
  const samples: { readonly source: Source; readonly text: string }[] = []
  const leftOut: Partial<Record<LeftOut, number>> = {}
  const faults: MalformedInput[] = []
  let metadata: Readonly<Record<string, unknown>> = {}
  for await (const part of readResults(path)) {
    if (part.type === 'metadata') {
      metadata = part.metadata
    } else if (part.type === 'fault') {
      faults.push(part.fault)
    } else {
      const { task_id, version, run_id, model, timestamp, outcomes, reasoning } = part.entry
      for (const [sample, text] of (reasoning.length > 0 ? reasoning : [null]).entries()) {
        const flaw =
          findReasoningFlaw(text, memberOf(outcomes, sample)) ??
          (onlyCorrect ? findFailure(part.entry, sample) : undefined)
        if (flaw !== undefined) leftOut[flaw] = (leftOut[flaw] ?? 0) + 1
        else if (text !== null) {
          const source = { task_id, version, run_id, model, timestamp, sample }
          samples.push({ source, text: text.trim() })
        }
      }
    }
  }
  // The metadata may have come last.
  const traces = samples.map(({ source, text }) => makeTrace(source, text, findAuthor(source, metadata, nameAuthor)))
  return { traces, leftOut, faults }
}

/**
 * Fields that say whether a sample is right: Arcloom's, and the Python original's, which at first wrote one value for all
 * samples.
 */
const verdictFields = ['answer_correct', 'verification_success', 'test_correct'] as const

function findFailure(entry: ResultsFileEntry, sample: number): 'not correct' | 'never verified' | undefined {
  // Explanations have the field too, but nothing to verify.
  const judged = (entry.python_code[sample] ?? null) !== null || Array.isArray(entry['calls'])
  const verdicts = verdictFields
    .map((field) => memberOf(entry[field], sample))
    .filter((each) => typeof each === 'boolean')
  if (verdicts.length === 0) return 'never verified'
  if (verdicts.every(Boolean) && memberOf(entry['train_correct'], sample) !== false) return undefined
  return judged ? 'not correct' : 'never verified'
}

/** A field's value for one sample; a value that is not a list applies to the first. */
function memberOf(values: unknown, sample: number): unknown {
  if (Array.isArray(values)) return (values as unknown[])[sample]
  return sample === 0 ? values : undefined
}

function findAuthor(
  { model: own }: Source,
  { model_username, model_identifier }: Readonly<Record<string, unknown>>,
  nameAuthor: (model: string) => string,
): string {
  if (isName(model_username)) return model_username
  const model = [own, model_identifier].find(isName)
  return model === undefined ? unknownAuthor : nameAuthor(model)
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function makeTrace({ task_id, version, run_id, timestamp, sample }: Source, text: string, username: string): Trace {
  const identity = hashJson([task_id, version, username, text]).slice(0, 12)
  return {
    trace_id: `${task_id}_${username}_${identity}`,
    task_id,
    username,
    text,
    score: 0,
    timestamp: readTime(timestamp),
    voters: {},
    ...(version > 0 && { version }),
    ...(run_id !== undefined && { run_id, sample }),
  }
}

/** When it was recorded, from Arcloom's files; otherwise now, as in the original. */
function readTime(timestamp: unknown): number {
  const time = typeof timestamp === 'string' ? Date.parse(timestamp) : NaN
  return (Number.isNaN(time) ? Date.now() : time) / 1000
}
