import { showFile } from '../adapters/files/show-file.ts'
import { messageOf } from '../domain/message-of.ts'

/** The `--output` file cannot be written. The message names it and gives the system's reason. */
export class OutputUnwritable extends Error {
  override readonly name = 'OutputUnwritable'
}

/** Turns a system error, such as ENOSPC, into one that names the file; returns any other error unchanged. */
export function explainUnwritable(output: string, error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined
  if (code === undefined) return error
  const words = codes[code] ?? messageOf(error)
  return new OutputUnwritable(`Nothing was written to ${showFile(output)}: ${words} (${code}).`, {
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
