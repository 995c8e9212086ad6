import { createReadStream } from 'node:fs'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { isUtf16, lengthOfMark } from './read-text.ts'

export interface Line {
  readonly text: string
  /** Length in the file, with its end. */
  readonly bytes: number
  /** False for what stands after the last line end: a line that was torn, or that only lacks its end. */
  readonly ended: boolean
}

/** Node holds no text of more than 512 MiB. */
export const maxTextBytes = 500_000_000

/** The end of a line in bytes: as text, other characters would end one too, and a torn character has no length. */
const newline = 0x0a

/**
 * Reads a file of lines one by one, so that a large file is never held whole. Node's own line reader would also end lines at
 * U+2028, which JSON allows inside a text. A byte order mark is no part of the first line, though its bytes count.
 *
 * @param start the byte to begin at
 * @throws {MalformedInput} for a line longer than `maxTextBytes`, and for UTF-16
 */
export async function* readLines(path: string, start = 0): AsyncGenerator<Line> {
  /** The beginning of the line that is not whole yet; joined once, because a line may be as long as a novel. */
  let parts: Buffer[] = []
  let held = 0
  let isFirst = start === 0
  const decode = (bytes: Buffer) => {
    const mark = isFirst ? lengthOfMark(bytes) : 0
    isFirst = false
    return bytes.toString('utf8', mark)
  }
  for await (const chunk of createReadStream(path, { start }) as AsyncIterable<Buffer>) {
    let from = 0
    if (isFirst && held === 0 && isUtf16(chunk)) {
      throw new MalformedInput(path, '', 'UTF-16 text, as PowerShell writes it; save it as UTF-8')
    }
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      const bytes = Buffer.concat([...parts, chunk.subarray(from, end)])
      yield { text: decode(bytes), bytes: bytes.length + 1, ended: true }
      parts = []
      held = 0
      from = end + 1
    }
    if (from === chunk.length) continue
    parts.push(chunk.subarray(from))
    held += chunk.length - from
    if (held > maxTextBytes) throw new MalformedInput(path, '', `a line is longer than ${maxTextBytes} bytes`)
  }
  if (parts.length === 0) return
  const bytes = Buffer.concat(parts)
  yield { text: decode(bytes), bytes: bytes.length, ended: false }
}
