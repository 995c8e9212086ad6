import { sameGrid, type Grid } from '../../../src/domain/grids/grid.ts'
import { stamp, type Area, type Cell } from '../grid/edit-grid.ts'
import { defaultStart } from './plan-start.ts'

export const tools = ['draw', 'rectangle', 'select', 'fill', 'pick'] as const

export type Tool = (typeof tools)[number]

/** The state that undo restores. */
export interface Snapshot {
  readonly grid: Grid
  readonly selection: Area | null
}

/** A piece that floats above the grid until it is placed or dropped: pasted, or lifted to be moved. */
export interface Floating {
  readonly piece: Grid
  readonly at: Cell
  /** Where the pointer holds it, relative to its corner. */
  readonly grip: Cell
  /** The state before; dropping the piece restores it. */
  readonly before: Snapshot
}

/** A drag in progress. */
type Gesture =
  | { readonly kind: 'draw'; readonly last: Cell; readonly before: Snapshot }
  | { readonly kind: 'rectangle'; readonly from: Cell; readonly to: Cell }
  | { readonly kind: 'select'; readonly from: Cell; readonly before: Area | null }
  | { readonly kind: 'float' }

export interface EditorState {
  readonly grid: Grid
  /** The grid before anything was drawn, and after a reset. */
  readonly start: Grid
  readonly tool: Tool
  readonly symbol: number
  readonly cursor: Cell
  /** Where Shift+arrows started; the opposite corner is the cursor. */
  readonly anchor: Cell | null
  readonly selection: Area | null
  readonly gesture: Gesture | null
  readonly floating: Floating | null
  readonly clipboard: Grid | null
  readonly past: readonly Snapshot[]
  readonly future: readonly Snapshot[]
  /** The last announcement. The number changes each time, so that equal texts are announced again. */
  readonly said: { readonly text: string; readonly number: number }
}

/** @param from the history to continue; without it, drawing begins with `start` */
export function createEditorState(
  start: Grid = defaultStart,
  from: Partial<Pick<EditorState, 'grid' | 'past' | 'future'>> = {},
): EditorState {
  return {
    grid: start,
    start,
    tool: 'draw',
    symbol: 1,
    cursor: { row: 0, column: 0 },
    anchor: null,
    selection: null,
    gesture: null,
    floating: null,
    clipboard: null,
    past: [],
    future: [],
    said: { text: '', number: 0 },
    ...from,
  }
}

/** Whether the person drew anything, now or before a reload. Undone strokes count. */
export function isTouched({ grid, start, floating, past, future }: EditorState): boolean {
  return past.length > 0 || future.length > 0 || floating !== null || !sameGrid(grid, start)
}

/** The grid with the floating piece on it. */
export function visibleGrid({ grid, floating }: Pick<EditorState, 'grid' | 'floating'>): Grid {
  return floating ? stamp(grid, floating.piece, floating.at) : grid
}
