import { createReadStream } from 'node:fs'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { isUtf16, lengthOfMark } from './read-text.ts'

export interface Line {
  readonly text: string
  /** Length in the file, including the line end. */
  readonly bytes: number
  /** False for text after the last line end: a torn line, or one that only lacks its line end. */
  readonly ended: boolean
}

/** Node cannot hold a string longer than 512 MiB. */
export const maxTextBytes = 500_000_000

/** The line end as a byte: decoded text has other characters that end a line, and a torn character has no length. */
const newline = 0x0a

/**
 * Reads a file line by line, so that a large file is never in memory at once. Node's own line reader would also split lines at
 * U+2028, which JSON allows inside strings. A byte order mark is not part of the first line, but its bytes count.
 */
export async function* readLines(path: string, start = 0): AsyncGenerator<Line> {
  /** The start of the current line; joined once, because a line may be as long as a novel. */
  let parts: Buffer[] = []
  let heldBytes = 0
  let isFirst = start === 0
  const decode = (bytes: Buffer) => {
    const mark = isFirst ? lengthOfMark(bytes) : 0
    isFirst = false
    return bytes.toString('utf8', mark)
  }
  for await (const chunk of createReadStream(path, { start }) as AsyncIterable<Buffer>) {
    let from = 0
    if (isFirst && heldBytes === 0 && isUtf16(chunk)) {
      throw new MalformedInput(path, '', 'UTF-16 text, as PowerShell writes it; save it as UTF-8')
    }
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      const bytes = Buffer.concat([...parts, chunk.subarray(from, end)])
      yield { text: decode(bytes), bytes: bytes.length + 1, ended: true }
      parts = []
      heldBytes = 0
      from = end + 1
    }
    if (from === chunk.length) continue
    parts.push(chunk.subarray(from))
    heldBytes += chunk.length - from
    if (heldBytes > maxTextBytes) throw new MalformedInput(path, '', `a line is longer than ${maxTextBytes} bytes`)
  }
  if (parts.length === 0) return
  const bytes = Buffer.concat(parts)
  yield { text: decode(bytes), bytes: bytes.length, ended: false }
}
