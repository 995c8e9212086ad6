import { packGrid, parsePackedGrid } from '../../../src/domain/grids/pack-grid.ts'
import type { EditorState, Snapshot } from './editor-state.ts'

/*
 * A drawing and its history as the browser stores them: packed grids, oldest first, the current one marked. Older drafts have no
 * history and are the grid alone, which can still be read.
 *
 *   000/000;010/000;@011/000;011/001
 */

type Draft = Pick<EditorState, 'grid' | 'past' | 'future'>

const [separator, mark] = [';', '@']

/** About 17 steps of a 30×30 grid, and all of a small one. Browsers give a site some five million characters. */
const maxCharacters = 16_000

/** Drops what would make the history too long: the oldest steps first, and of undone ones those undone first. */
export function renderDraft({ grid, past, future }: Draft): string {
  const present = packGrid(grid)
  let room = maxCharacters - present.length
  const takeWhileRoom = (snapshots: readonly Snapshot[]) => {
    const taken: string[] = []
    for (const snapshot of snapshots) {
      const text = packGrid(snapshot.grid)
      room -= text.length + 1
      if (room < 0) break
      taken.push(text)
    }
    return taken
  }
  const before = takeWhileRoom(past.toReversed()).reverse()
  const after = takeWhileRoom(future)
  if (before.length + after.length === 0) return present
  return [...before, mark + present, ...after].join(separator)
}

/** @returns undefined if it is not a draft, for example after an edit by hand */
export function parseDraft(text: string): Draft | undefined {
  const parts = text.split(separator)
  const at = Math.max(
    0,
    parts.findIndex((part) => part.startsWith(mark)),
  )
  const grids = parts.map((part, index) => parsePackedGrid(index === at ? part.replace(mark, '') : part))
  if (!grids.every((grid) => grid !== undefined)) return undefined
  const snapshots = grids.map((grid): Snapshot => ({ grid, selection: null }))
  const { grid } = snapshots[at] as Snapshot // Splitting a text gives at least one part.
  return { grid, past: snapshots.slice(0, at), future: snapshots.slice(at + 1) }
}

/** The drawing without its history. */
export function withoutHistory(text: string): string {
  return (
    text
      .split(separator)
      .find((part) => part.startsWith(mark))
      ?.slice(mark.length) ?? text
  )
}
