import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

const utf8Mark = Buffer.from([0xef, 0xbb, 0xbf])
const utf16Mark = Buffer.from([0xff, 0xfe])

/** Whether bytes begin with a UTF-16 byte order mark, as the `>` of Windows PowerShell writes it. */
export function isUtf16(bytes: Uint8Array): boolean {
  return utf16Mark.equals(bytes.subarray(0, 2))
}

/** Length of a leading UTF-8 byte order mark in bytes, 0 if there is none. Editors add it; JSON and Python reject it. */
export function lengthOfMark(bytes: Uint8Array): number {
  return utf8Mark.equals(bytes.subarray(0, 3)) ? 3 : 0
}

/** Decodes a file that a person may have saved: without a byte order mark, and as UTF-16 if the mark says so. */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return isUtf16(bytes) ? buffer.toString('utf16le', 2) : buffer.toString('utf8', lengthOfMark(bytes))
}

/** Reads such a file. Line ends are kept, so callers that split the text must accept `\r\n` too. */
export async function readText(path: string): Promise<string> {
  return decodeText(await readFile(path))
}

export function readTextSync(path: string): string {
  return decodeText(readFileSync(path))
}
