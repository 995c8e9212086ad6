import { writeNewFile } from '../files/write-new-file.ts'

/** Writes a new file with one JSON document per line. @returns false when the name is taken */
export function writeJsonLines(path: string, rows: AsyncIterable<unknown>): Promise<boolean> {
  return writeNewFile(path, renderLines(rows))
}

async function* renderLines(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`
}
