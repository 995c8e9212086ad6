import { writeStackFile } from './stack-files.ts'

/** Writes the files of the stack. */
export interface PatientWriter {
  /** Never throws: on a full disk the parts are kept alive regardless. */
  readonly write: (path: string, value: unknown) => void
  /** Retries the writes that failed. */
  readonly retry: () => void
}

export function createPatientWriter(log: (line: string) => void, writeFile = writeStackFile): PatientWriter {
  const unwritten = new Map<string, unknown>()
  function write(path: string, value: unknown): void {
    try {
      writeFile(path, value)
      unwritten.delete(path)
    } catch (error) {
      if (!unwritten.has(path)) log(`${path} cannot be written: ${String(error)}`)
      unwritten.set(path, value)
    }
  }
  return {
    write,
    retry() {
      for (const [path, value] of unwritten) write(path, value)
    },
  }
}
