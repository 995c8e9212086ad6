import { maxSide } from '../grids/grid.ts'

/** A list of lists that is written out in a text, from its first bracket to behind its last. */
export interface WrittenList {
  readonly from: number
  readonly to: number
  /** What stands between the brackets of each row. Of more rows than a grid has, only one too many. */
  readonly rows: readonly string[]
}

/** The first bracket of a list whose first part is a list. */
const beginning = /\[(?=\s*\[)/g
const opening = new RegExp(beginning, 'y')
const row = /[\s,]*\[(?<cells>[^[\]]*)\]/y
const end = /[\s,]*\]/y

/**
 * Lists every list of lists in a text, in order: `[[1, 2], [3, 4]]`, on one line or many, whatever the cells are.
 *
 * It goes from bracket to bracket, since one regular expression for a whole list runs out of stack at some megabytes. A list
 * that breaks off is left where it does, so the time grows with the text and no faster.
 */
export function listWrittenLists(text: string): WrittenList[] {
  const lists: WrittenList[] = []
  beginning.lastIndex = 0
  for (let match = beginning.exec(text); match !== null; match = beginning.exec(text)) {
    const list = readWrittenList(text, match.index)
    if (list === undefined) continue
    lists.push(list)
    beginning.lastIndex = list.to
  }
  return lists
}

/** The list of lists that begins at a place; undefined where there is none. */
export function readWrittenList(text: string, from: number): WrittenList | undefined {
  opening.lastIndex = from
  if (!opening.test(text)) return undefined
  const rows: string[] = []
  let to = from + 1
  for (;;) {
    row.lastIndex = to
    const cells = row.exec(text)?.groups?.['cells']
    if (cells === undefined) break
    if (rows.length <= maxSide) rows.push(cells)
    to = row.lastIndex
  }
  end.lastIndex = to
  return rows.length > 0 && end.test(text) ? { from, to: end.lastIndex, rows } : undefined
}
