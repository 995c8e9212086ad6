import { stat } from 'node:fs/promises'
import { createLabelBook, type LabelBook } from '../../domain/labels/label-book.ts'
import { nameSubject, type Label } from '../../domain/labels/label.ts'
import type { MalformedInput } from '../../domain/malformed-input.ts'
import { orWhenMissing } from '../files/or-when-missing.ts'
import { checkBy, parseJson } from '../files/read-json-by.ts'
import { createFileSharedLines } from '../stores/file-shared-lines.ts'
import { labelSchema } from './label-schema.ts'

export interface LabelReading {
  readonly book: LabelBook
  /** Lines that say nothing, because the file was edited outside Arcloom. */
  readonly faults: readonly MalformedInput[]
}

/** `labels.jsonl`: people's labels of reasoning, one line each time somebody decides. Any number of processes may use it at once. */
export interface LabelStore {
  read(): Promise<LabelReading>
  /** Adds a line, durably, unless it repeats what this person's last one says. */
  put(label: Label): Promise<void>
}

/**
 * Each line is appended whole, under the file's lock, and flushed; a line that a crash left half written is dropped by whoever comes
 * next. The file is read once, and then only its new lines.
 */
export function createLabelStore(path: string): LabelStore {
  const lines = createFileSharedLines(path)
  const book = createLabelBook()
  let faults: MalformedInput[] = []
  let lineCount = 0
  /** The file as it was when it was last read to its end. */
  let seen: string | undefined
  /** One after the other within this process; the lock is for the others. */
  let turn: Promise<unknown> = Promise.resolve()

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = turn.then(work)
    turn = result.catch(() => {})
    return result
  }

  function forget(): void {
    book.clear()
    faults = []
    lineCount = 0
  }

  function read(line: string): void {
    lineCount += 1
    const origin = { file: path, place: `line ${lineCount}` }
    const parsed = parseJson(line, origin)
    const checked = 'value' in parsed ? checkBy(labelSchema, parsed.value, origin) : parsed
    if ('value' in checked) book.put(checked.value)
    else faults.push(...checked.faults)
  }

  async function* nothing(): AsyncGenerator<string> {}

  async function readNew(): Promise<LabelReading> {
    const now = await identify(path)
    if (now === undefined) forget()
    else if (now !== seen) await lines.append({ forget, read, write: nothing })
    seen = now
    return { book, faults }
  }

  async function append(label: Label): Promise<void> {
    const isRepeated = () => {
      const last = book.of(nameSubject(label)).get(label.person)
      return last === undefined ? label.label === null : saysSame(last, label)
    }
    await lines.append({
      forget,
      read,
      async *write() {
        if (isRepeated()) return
        yield JSON.stringify(label)
        book.put(label)
        lineCount += 1
      },
    })
  }

  return { read: () => inTurn(readNew), put: (label) => inTurn(() => append(label)) }
}

function saysSame(a: Label, b: Label): boolean {
  return a.label === b.label && a.note === b.note && a.text_hash === b.text_hash && a.saw_outcome === b.saw_outcome
}

/** @returns undefined if there is no file */
async function identify(path: string): Promise<string | undefined> {
  const stats = await orWhenMissing(stat(path, { bigint: true }), undefined)
  return stats && `${stats.ino} ${stats.size} ${stats.mtimeNs}`
}
