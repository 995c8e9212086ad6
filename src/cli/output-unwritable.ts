import { messageOf } from '../domain/message-of.ts'
import { showFile } from './show-file.ts'

/** The file that `--output` names cannot be written. Says which, and what the system said. */
export class OutputUnwritable extends Error {
  override readonly name = 'OutputUnwritable'
}

/** A failure of the system, such as ENOSPC, as one that names the file; any other error as it is. */
export function explainUnwritable(output: string, error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined
  if (code === undefined) return error
  const words = codes[code] ?? messageOf(error)
  return new OutputUnwritable(`${showFile(output)} cannot be written, and nothing was: ${words} (${code}).`, {
    cause: error,
  })
}

const codes: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'you may not write to this folder',
  EPERM: 'you may not write to this folder',
  EROFS: 'the disk is mounted read-only',
  ENAMETOOLONG: 'the name is too long',
}
