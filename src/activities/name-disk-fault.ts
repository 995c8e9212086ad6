const words: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'it may not be written to',
}

/** What a person has to mend before a file can be written, in words; undefined for failures of other kinds. */
export function nameDiskFault(error: unknown): string | undefined {
  return words[codeOf(error)]
}

/** Whether it takes no more than room: work that waits for it can go on by itself. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(codeOf(error))
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
