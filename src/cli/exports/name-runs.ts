/** A file system allows 255 bytes, and a suffix is added. */
const maxLength = 150

/** Names a file of several runs: their ids, or fewer of them if the name gets too long. */
export function nameRuns(runIds: readonly string[]): string {
  const [first = '', ...others] = runIds
  const all = runIds.join('+')
  return others.length === 0 || all.length <= maxLength ? all : `${first}+${others.length}-more`
}
