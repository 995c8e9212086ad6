import { readFile, stat } from 'node:fs/promises'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { hasCode, isMissing } from '../error-code.ts'
import { checkBy, parseJson, type Origin } from '../read-json-by.ts'
import { longestTextBytes, readLines } from '../read-lines.ts'
import { createEntryStream } from './entry-stream.ts'
import { resultsFileEntrySchema, type ResultsFileEntry } from './results-file-entry.ts'

export type ResultsPart =
  | { readonly type: 'entry'; readonly entry: ResultsFileEntry; readonly origin: Origin }
  /** Comes first in a document, and last in JSON lines of the Python original, where it may be missing. */
  | { readonly type: 'metadata'; readonly metadata: Readonly<Record<string, unknown>> }
  /** What could not be read. What stands around it was. */
  | { readonly type: 'fault'; readonly fault: MalformedInput }

/**
 * Reads a results file part by part: `{metadata, results}`, a list of entries, a single entry, or JSON lines with or without
 * a line of metadata; ours and the Python original's. A line that is torn or broken is a fault among good entries.
 *
 * JSON lines are streamed. A document is held whole where Node can hold it, and streamed where it is larger, or broken: what
 * comes before the break is good.
 *
 * @throws {MalformedInput} when there is no such file
 */
export async function* readResults(path: string): AsyncGenerator<ResultsPart> {
  const first = await readFirstLine(path)
  if (first === '') {
    yield faultAt(path, '', 'the file is empty')
  } else if (!/^[[{]/.test(first)) {
    yield faultAt(
      path,
      '',
      `neither a JSON document nor JSON lines; it begins with ${JSON.stringify(first.slice(0, 40))}`,
    )
  } else if (isWholeEntry(first)) {
    yield* readEntriesByLine(path)
  } else {
    yield* readDocument(path, first)
  }
}

async function readFirstLine(path: string): Promise<string> {
  try {
    for await (const { text } of readLines(path)) {
      // Takes the byte order mark, too, that some editors put first.
      const line = text.trim()
      if (line !== '') return line
    }
    return ''
  } catch (error) {
    if (isMissing(error)) throw new MalformedInput(path, '', 'there is no such file')
    if (hasCode(error, 'EISDIR')) throw new MalformedInput(path, '', 'a folder; a results file is needed')
    throw error
  }
}

/** Whether a file's first line is an object of its own: then its other lines are, too. A document may be on one line. */
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
    else if (ended) yield* parsed.faults.map(asPart)
    else yield faultAt(file, origin.place, 'the last line is torn: what wrote it was cut off')
  }
}

async function* readDocument(file: string, first: string): AsyncGenerator<ResultsPart> {
  const shape = first.startsWith('[') ? 'list' : 'object'
  const { size } = await stat(file)
  if (size > longestTextBytes) {
    yield* streamDocument(file, shape)
    return
  }
  const parsed = parseJson((await readFile(file, 'utf8')).trim(), { file, place: '' })
  if ('value' in parsed) yield* readDocumentValue(parsed.value, file)
  // A bracket on a line of its own begins a document; an entry that is not whole, JSON lines whose first is torn.
  else if (first.startsWith('{"')) yield* readEntriesByLine(file)
  else yield* streamDocument(file, shape)
}

/** Entry by entry, up to the end of the file or to where it is broken. */
async function* streamDocument(file: string, shape: 'list' | 'object'): AsyncGenerator<ResultsPart> {
  const stream = createEntryStream(shape)
  const name = (index: number) => (shape === 'list' ? `[${index}]` : `results[${index}]`)
  let line = 0
  let read = 0
  for await (const { text } of readLines(file)) {
    line += 1
    const { values, fault } = stream.write(`${text}\n`)
    for (const { key, value } of values) {
      if (key === 'metadata') yield* isObject(value) ? [{ type: 'metadata', metadata: value } as const] : []
      else yield* readPart(value, { file, place: name(read++) })
    }
    if (fault !== undefined) {
      yield faultAt(file, `${name(read)}, line ${line}`, `not JSON from here on (${fault})`)
      return
    }
  }
  if (!stream.isWhole()) {
    yield faultAt(file, `${name(read)}, line ${line}`, 'the document is torn: what wrote it was cut off')
  }
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
  const checked = checkBy(resultsFileEntrySchema, value, origin)
  if ('value' in checked) yield { type: 'entry', entry: checked.value, origin }
  else yield* checked.faults.map(asPart)
}

/** The original marked its line of metadata by `entry_type`; others wrapped theirs. */
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

function faultAt(file: string, place: string, found: string): ResultsPart {
  return asPart(new MalformedInput(file, place, found))
}
