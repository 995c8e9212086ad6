/** A file system allows 255 bytes, and a suffix follows. */
const maxLength = 150

/** What a file of several runs is called by: their ids, as long as these make a name that file systems take. */
export function nameRuns(runIds: readonly string[]): string {
  const [first = '', ...others] = runIds
  const all = runIds.join('+')
  return others.length === 0 || all.length <= maxLength ? all : `${first}+${others.length}-more`
}
