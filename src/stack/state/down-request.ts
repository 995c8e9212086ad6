import { readStackFile, writeStackFile, type StackFiles } from './stack-files.ts'

/** A request from `down` to the supervisor. */
export interface DownRequest {
  /** Cut off calls in flight instead of waiting for them. */
  readonly now: boolean
}

export function requestDown(files: StackFiles, { now }: DownRequest): void {
  writeStackFile(files.down, { now, asked_at: new Date().toISOString() })
}

export function readDownRequest(files: StackFiles): DownRequest | undefined {
  const file = readStackFile(files.down)
  if (typeof file !== 'object' || file === null) return undefined
  return { now: 'now' in file && file.now === true }
}
