import type { SolvedBy } from '../address/run-views.ts'
import type { MatrixRow } from './arrange-rows.ts'

/**
 * Which of two runs solved each task, over the tasks that both have finished: recorded or given up. Tasks are the same if their
 * content is, whatever the runs call them, as in a comparison of runs.
 *
 * @returns by the key of the task's item in the first run
 */
export function pairRows(these: readonly MatrixRow[], those: readonly MatrixRow[]): ReadonlyMap<string, SolvedBy> {
  const partners = keyByContent(those)
  const pairs = new Map<string, SolvedBy>()
  for (const [content, row] of keyByContent(these)) {
    const partner = partners.get(content)
    if (partner && isFinished(row) && isFinished(partner)) pairs.set(row.item, nameSolvers(row, partner))
  }
  return pairs
}

/** One content under two names in a run stays two tasks, distinguished by the order of their keys. */
function keyByContent(rows: readonly MatrixRow[]): ReadonlyMap<string, MatrixRow> {
  const keyed = new Map<string, MatrixRow>()
  const counts = new Map<string, number>()
  for (const row of rows.toSorted((a, b) => (a.item < b.item ? -1 : 1))) {
    const before = counts.get(row.content) ?? 0
    counts.set(row.content, before + 1)
    keyed.set(`${row.content} ${before}`, row)
  }
  return keyed
}

function isFinished({ resolution, failure }: MatrixRow): boolean {
  return resolution !== null && (resolution !== 'not-recorded' || failure !== null)
}

function nameSolvers(one: MatrixRow, other: MatrixRow): SolvedBy {
  const [isOne, isOther] = [one.resolution === 'solved', other.resolution === 'solved']
  if (isOne) return isOther ? 'both' : 'only-this'
  return isOther ? 'only-that' : 'neither'
}
