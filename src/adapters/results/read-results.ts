import { stat } from 'node:fs/promises'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { hasCode, isMissing } from '../files/error-code.ts'
import { checkBy, parseJson, type Origin } from '../files/read-json-by.ts'
import { maxTextBytes, readLines } from '../files/read-lines.ts'
import { readText } from '../files/read-text.ts'
import { createEntryStream, type DocumentPart } from './entry-stream.ts'
import { resultsFileEntrySchema, type ResultsFileEntry } from './results-file-entry.ts'

export type ResultsPart =
  | { readonly type: 'entry'; readonly entry: ResultsFileEntry; readonly origin: Origin }
  /** First in a document; last in the Python original's JSON lines, where it may be missing. */
  | { readonly type: 'metadata'; readonly metadata: Readonly<Record<string, unknown>> }
  /** Something that could not be read. The parts around it were. */
  | { readonly type: 'fault'; readonly fault: MalformedInput }

/**
 * Reads a results file part by part: `{metadata, results}`, a list of entries, a single entry, or JSON lines with or without a
 * metadata line; Arcloom's and the Python original's. A torn or broken line or entry is a fault among good ones.
 *
 * JSON lines are streamed. A document is read whole if Node can hold it, and split entry by entry if it is larger, or broken.
 *
 * @throws {MalformedInput} when there is no such file
 */
export async function* readResults(path: string): AsyncGenerator<ResultsPart> {
  const [first = '', ...others] = await readFirstLines(path)
  if (first === '') {
    yield faultAt(path, '', 'the file is empty')
  } else if (isWholeEntry(first)) {
    yield* readEntriesByLine(path)
  } else if (/^[[{]/.test(first)) {
    yield* readDocument(path, first)
  } else if (others.some(isWholeEntry)) {
    yield* readEntriesByLine(path)
  } else {
    yield faultAt(
      path,
      '',
      `neither a JSON document nor JSON lines; it begins with ${JSON.stringify(first.slice(0, 40))}`,
    )
  }
}

/** How many lines are read to identify a file whose first line is not JSON. */
const firstLines = 20

async function readFirstLines(path: string): Promise<string[]> {
  const lines: string[] = []
  try {
    for await (const { text } of readLines(path)) {
      const line = text.trim()
      if (line !== '') lines.push(line)
      if (lines.length === firstLines || /^[[{]/.test(lines[0] ?? '')) break
    }
    return lines
  } catch (error) {
    if (isMissing(error)) throw new MalformedInput(path, '', 'there is no such file')
    if (hasCode(error, 'EISDIR')) throw new MalformedInput(path, '', 'must be a results file, not a folder')
    throw error
  }
}

/** Whether a file's first line is a complete object: then its other lines are, too. A document may be on one line. */
function isWholeEntry(line: string): boolean {
  const parsed = parseJson(line, { file: '', place: '' })
  return 'value' in parsed && !Array.isArray(parsed.value) && !isDocument(parsed.value)
}

async function* readEntriesByLine(file: string): AsyncGenerator<ResultsPart> {
  let number = 0
  for await (const { text, ended } of readLines(file)) {
    number += 1
    const line = text.trim()
    if (line === '') continue
    const origin = { file, place: `line ${number}` }
    const parsed = parseJson(line, origin)
    if ('value' in parsed) yield* readPart(parsed.value, origin)
    else if (ended) yield* parsed.faults.map((fault) => nameEntry(fault, line))
    else yield faultAt(file, origin.place, 'the last line is torn: its writer was interrupted')
  }
}

async function* readDocument(file: string, first: string): AsyncGenerator<ResultsPart> {
  const { size } = await stat(file)
  if (size > maxTextBytes) {
    yield* takeDocumentApart(file, first)
    return
  }
  const parsed = parseJson(await readText(file), { file, place: '' })
  if ('value' in parsed) yield* readDocumentValue(parsed.value, file)
  else yield* takeDocumentApart(file, first)
}

/** Each entry is parsed by itself, so that a broken one costs only itself. */
async function* takeDocumentApart(file: string, first: string): AsyncGenerator<ResultsPart> {
  // A bracket on a line of its own begins a document, as do its fields; anything else is JSON lines with a broken first line.
  if (!/^(?:\[|\{\s*(?:$|"(?:metadata|results)"))/.test(first)) {
    yield* readEntriesByLine(file)
    return
  }
  const shape = first.startsWith('[') ? 'list' : 'object'
  const stream = createEntryStream(shape)
  let entryCount = 0
  let lines = 0
  const readEntry = function* (part: DocumentPart): Generator<ResultsPart> {
    const index = part.key === 'metadata' ? '' : `[${entryCount++}]`
    const name = part.key === 'metadata' ? 'metadata' : shape === 'list' ? index : `results${index}`
    yield* readDocumentPart(part, { file, place: name })
  }
  for await (const { text } of readLines(file)) {
    lines += 1
    for (const part of stream.write(text)) yield* readEntry(part)
  }
  const last = stream.end()
  if (!stream.sawList()) yield* readEntriesByLine(file)
  else if (last !== undefined) yield* readEntry(last)
  else if (!stream.isWhole()) yield faultAt(file, `line ${lines}`, cutOff)
}

function* readDocumentPart({ key, text, line, torn }: DocumentPart, origin: Origin): Generator<ResultsPart> {
  const entryOrigin = { ...origin, place: `${origin.place}, line ${line}` }
  const parsed = parseJson(text, entryOrigin)
  if ('faults' in parsed) {
    if (torn) yield nameEntry(new MalformedInput(origin.file, entryOrigin.place, cutOff), text)
    else yield* parsed.faults.map((fault) => nameEntry(fault, text))
  } else if (key === 'metadata') {
    if (isObject(parsed.value)) yield { type: 'metadata', metadata: parsed.value }
  } else yield* readPart(parsed.value, origin)
}

const cutOff = 'the document is torn: its writer was interrupted'

/** Names the task whose entry is skipped, if its text still shows it. */
function nameEntry({ file, place, problem }: MalformedInput, text: string): ResultsPart {
  const task = /"task_id"\s*:\s*("(?:[^"\\\n]|\\.){1,200}")/.exec(text)?.[1]
  return faultAt(file, place, task === undefined ? problem : `${problem}; the entry of task ${task} is skipped`)
}

function* readDocumentValue(value: unknown, file: string): Generator<ResultsPart> {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* readPart(entry, { file, place: `[${index}]` })
  } else if (isDocument(value)) {
    if (isObject(value.metadata)) yield { type: 'metadata', metadata: value.metadata }
    for (const [index, entry] of value.results.entries()) yield* readPart(entry, { file, place: `results[${index}]` })
  } else {
    yield* readPart(value, { file, place: '' })
  }
}

function* readPart(value: unknown, origin: Origin): Generator<ResultsPart> {
  const metadata = findMetadata(value)
  if (metadata !== undefined) {
    yield { type: 'metadata', metadata }
    return
  }
  const reading = checkBy(resultsFileEntrySchema, value, origin)
  if ('value' in reading) yield { type: 'entry', entry: reading.value, origin }
  else yield* reading.faults.map(asPart)
}

/** The original marked its metadata line with `entry_type`; others wrapped theirs. */
function findMetadata(value: unknown): Record<string, unknown> | undefined {
  if (!isObject(value) || 'task_id' in value) return undefined
  if (value['entry_type'] === 'metadata' || 'model_identifier' in value) return value
  return isObject(value['metadata']) ? value['metadata'] : undefined
}

function isDocument(value: unknown): value is { readonly results: readonly unknown[]; readonly metadata?: unknown } {
  return isObject(value) && Array.isArray(value['results'])
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function asPart(fault: MalformedInput): ResultsPart {
  return { type: 'fault', fault }
}

function faultAt(file: string, place: string, problem: string): ResultsPart {
  return asPart(new MalformedInput(file, place, problem))
}
