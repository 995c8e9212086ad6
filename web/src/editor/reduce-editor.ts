import { maxSide, sameGrid, type Grid } from '../../../src/domain/grids/grid.ts'
import { applySymmetry, type Symmetry } from '../../../src/domain/grids/transforms/symmetry.ts'
import {
  clampCell,
  clipArea,
  contains,
  cutOut,
  fillArea,
  floodFill,
  heightOf,
  paintCells,
  resizeGrid,
  spanArea,
  stamp,
  traceLine,
  wholeArea,
  widthOf,
  type Area,
  type Cell,
} from '../grid/edit-grid.ts'
import type { EditorState, Floating, Snapshot, Tool } from './editor-state.ts'

export type EditorAction =
  /**
   * A pointer, or its keyboard equivalent, is pressed on a cell, moves, is released. Cells outside the grid count as the nearest
   * one.
   */
  | { readonly type: 'press' | 'drag'; readonly cell: Cell }
  | { readonly type: 'release' }
  /** A pointer moves without being pressed. */
  | { readonly type: 'hover'; readonly cell: Cell }
  | { readonly type: 'choose-tool'; readonly tool: Tool }
  | { readonly type: 'choose-symbol'; readonly symbol: number }
  /** Takes the symbol of a cell, of this or another grid; the selection stays. */
  | { readonly type: 'pick-symbol'; readonly symbol: number }
  | { readonly type: 'move-cursor'; readonly rows: number; readonly columns: number; readonly extend: boolean }
  /** Uses the tool at the cursor. */
  | { readonly type: 'apply' }
  | { readonly type: 'blank' | 'escape' | 'undo' | 'redo' | 'copy' | 'cut' | 'paste' | 'lift' | 'select-all' }
  | { readonly type: 'reset' }
  | { readonly type: 'put-clipboard'; readonly piece: Grid }
  | { readonly type: 'flip'; readonly symmetry: Symmetry }
  | { readonly type: 'resize'; readonly height: number; readonly width: number }
  | { readonly type: 'say'; readonly text: string }
  /** Replaces the grid; `what` names it for the announcement. */
  | { readonly type: 'load'; readonly grid: Grid; readonly what: string }
  /** Takes the grid and its history from another tab. */
  | { readonly type: 'follow'; readonly from: Pick<EditorState, 'grid' | 'past' | 'future'> }

const maxUndoSteps = 500

/*
 * A drag begins with `press`, changes what is seen with each `drag`, and becomes one step of the history at `release`:
 *
 *              press                   drag                      release
 *   draw       paints the cell         paints the line to it     a step
 *   rectangle  marks a corner          moves the other           paints it: a step
 *   select     marks a corner          moves the other           selects it
 *     … on the selection: lifts it     carries it                places it: a step
 *   fill       fills: a step
 *   pick       takes the symbol
 *
 * A piece that hovers (pasted or lifted) takes all pointers and arrows until it is placed or dropped, whatever the tool.
 * `escape` steps out of one thing at a time: the piece, the drag, the selection.
 */
export function reduceEditor(state: EditorState, action: EditorAction): EditorState {
  switch (action.type) {
    case 'press':
      // A drag whose end was missed is over.
      return press(state.floating ? state : release(state), clampCell(action.cell, state.grid))
    case 'drag':
      return drag(state, action.cell)
    case 'release':
      return release(state)
    case 'hover':
      return state.floating && !state.gesture ? carry(state, state.floating, action.cell) : state
    case 'choose-tool':
      return say({ ...settle(state), tool: action.tool, anchor: null }, `tool: ${action.tool}`)
    case 'choose-symbol':
      return chooseSymbol(state, action.symbol)
    case 'pick-symbol':
      return say(
        { ...state, symbol: action.symbol, tool: state.tool === 'pick' ? 'draw' : state.tool },
        `symbol ${action.symbol} picked`,
      )
    case 'move-cursor':
      return moveCursor(state, action)
    case 'apply':
      return apply(state)
    case 'blank':
      return blank(state)
    case 'escape':
      return escape(state)
    case 'undo':
      return undo(state)
    case 'redo':
      return redo(state)
    case 'copy':
      return copy(state)
    case 'cut':
      return blank(copy(state))
    case 'put-clipboard':
      return say({ ...state, clipboard: action.piece }, `copied ${sizeWords(action.piece)}`)
    case 'paste':
      return paste(state)
    case 'lift':
      return lift(state, { row: 0, column: 0 })
    case 'select-all':
      return select(settle(state), wholeArea(state.grid))
    case 'flip':
      return flip(state, action.symmetry)
    case 'resize':
      return resize(state, action.height, action.width)
    case 'say':
      return say(state, action.text)
    case 'reset':
      return commit(settle(state), { grid: state.start, selection: null }, `reset to ${sizeWords(state.start)}, blank`)
    case 'follow':
      return follow(settle(state), action.from)
    case 'load':
      return commit(settle(state), { grid: action.grid, selection: null }, action.what)
  }
}

function press(state: EditorState, cell: Cell): EditorState {
  const { floating, grid, symbol, tool, selection } = state
  if (floating) {
    const grip = contains(areaOf(floating), cell) ? between(floating.at, cell) : floating.grip
    return { ...carry(state, { ...floating, grip }, cell), gesture: { kind: 'float' } }
  }
  const at = { ...state, cursor: cell, anchor: null }
  switch (tool) {
    case 'draw':
      return {
        ...at,
        grid: paintCells(grid, [cell], symbol),
        gesture: { kind: 'draw', last: cell, before: snapshot(state) },
      }
    case 'rectangle':
      return { ...at, gesture: { kind: 'rectangle', from: cell, to: cell } }
    case 'select':
      if (selection && contains(selection, cell)) {
        return { ...lift({ ...at }, between(selection, cell)), gesture: { kind: 'float' } }
      }
      return { ...at, selection: spanArea(cell, cell), gesture: { kind: 'select', from: cell, before: selection } }
    case 'fill':
      return commit(at, { grid: floodFill(grid, cell, symbol), selection }, `filled with ${symbol}`)
    case 'pick':
      return reduceEditor(at, { type: 'pick-symbol', symbol: grid[cell.row]?.[cell.column] ?? 0 })
  }
}

function drag(state: EditorState, to: Cell): EditorState {
  const { gesture, grid, floating } = state
  const cell = clampCell(to, grid)
  switch (gesture?.kind) {
    case 'draw':
      return {
        ...state,
        grid: paintCells(grid, traceLine(gesture.last, cell), state.symbol),
        cursor: cell,
        gesture: { ...gesture, last: cell },
      }
    case 'rectangle':
      return { ...state, cursor: cell, gesture: { ...gesture, to: cell } }
    case 'select':
      return { ...state, cursor: cell, selection: spanArea(gesture.from, cell) }
    case 'float':
      return floating ? carry(state, floating, to) : state
    case undefined:
      return state
  }
}

function release(state: EditorState): EditorState {
  const { gesture, grid, selection, symbol } = state
  const done = { ...state, gesture: null }
  switch (gesture?.kind) {
    case 'draw': {
      const { before } = gesture
      return commit({ ...done, grid: before.grid }, { grid, selection }, `drawn with ${symbol}`)
    }
    case 'rectangle': {
      const area = spanArea(gesture.from, gesture.to)
      return commit(
        done,
        { grid: fillArea(grid, area, symbol), selection },
        `rectangle of ${symbol}, ${areaWords(area)}`,
      )
    }
    case 'select':
      // A click outside the selection only clears it.
      return selection?.height === 1 && selection.width === 1 && gesture.before
        ? say({ ...done, selection: null }, 'nothing selected')
        : select(done, selection)
    case 'float':
      return place(done)
    case undefined:
      return state
  }
}

function chooseSymbol(state: EditorState, symbol: number): EditorState {
  const chosen = { ...state, symbol }
  // As in the official interface: if cells are selected, a symbol applies to them.
  if (state.tool !== 'select' || !state.selection || state.floating) return say(chosen, `symbol ${symbol}`)
  return commit(
    chosen,
    { grid: fillArea(state.grid, state.selection, symbol), selection: state.selection },
    `selection filled with ${symbol}`,
  )
}

function moveCursor(
  state: EditorState,
  { rows, columns, extend }: { readonly rows: number; readonly columns: number; readonly extend: boolean },
): EditorState {
  const { floating, gesture, grid } = state
  if (floating) {
    const { at } = floating
    const moved = hold(floating, { row: at.row + rows, column: at.column + columns }, grid)
    return say({ ...state, floating: moved }, `its corner at ${cellWords(moved.at)}`)
  }
  const cursor = clampCell({ row: state.cursor.row + rows, column: state.cursor.column + columns }, grid)
  if (gesture) return drag(state, cursor)
  if (!extend) return { ...state, cursor, anchor: null }
  const anchor = state.anchor ?? state.cursor
  return select({ ...state, cursor, anchor }, spanArea(anchor, cursor))
}

/** A tool that needs two corners takes the second one at its second use. */
function apply(state: EditorState): EditorState {
  if (state.floating) return place(state)
  if (state.gesture) return release(state)
  const { tool, selection, cursor, grid, symbol } = state
  if (tool === 'draw' && selection && contains(selection, cursor)) {
    return commit(state, { grid: fillArea(grid, selection, symbol), selection }, `selection filled with ${symbol}`)
  }
  const pressed = press({ ...state, ...(tool === 'select' && { selection: null }) }, cursor)
  if (pressed.gesture?.kind === 'rectangle' || pressed.gesture?.kind === 'select') {
    return say(pressed, `corner at ${cellWords(cursor)}; move and press Enter for the other`)
  }
  return release(pressed)
}

function blank(state: EditorState): EditorState {
  const { grid, selection, cursor } = settle(state)
  const area = selection ?? { ...cursor, height: 1, width: 1 }
  return commit(settle(state), { grid: fillArea(grid, area, 0), selection }, `${areaWords(area)} blanked`)
}

function escape(state: EditorState): EditorState {
  const { floating, gesture } = state
  if (floating) return say({ ...state, ...floating.before, floating: null, gesture: null }, 'dropped')
  if (gesture) return settle(state)
  return state.selection ? say({ ...state, selection: null, anchor: null }, 'nothing selected') : state
}

function undo(state: EditorState): EditorState {
  if (state.floating || state.gesture) return escape(state)
  const before = state.past.at(-1)
  if (!before) return say(state, 'nothing to undo')
  return say(
    restore(state, before, { past: state.past.slice(0, -1), future: [snapshot(state), ...state.future] }),
    'undone',
  )
}

function redo(state: EditorState): EditorState {
  const [next, ...future] = state.future
  if (!next || state.floating || state.gesture) return say(state, 'nothing to redo')
  return say(restore(state, next, { past: [...state.past, snapshot(state)], future }), 'redone')
}

function copy(state: EditorState): EditorState {
  const { grid, selection } = settle(state)
  const piece = cutOut(grid, selection ?? wholeArea(grid))
  return say({ ...settle(state), clipboard: piece }, `copied ${sizeWords(piece)}`)
}

function paste(state: EditorState): EditorState {
  const settled = settle(state)
  const { clipboard, selection, cursor } = settled
  if (!clipboard) return say(settled, 'nothing to paste')
  const { row, column } = selection ?? cursor
  const floating = {
    piece: clipboard,
    at: { row, column },
    grip: { row: (heightOf(clipboard) - 1) >> 1, column: (widthOf(clipboard) - 1) >> 1 },
    before: snapshot(settled),
  }
  return say({ ...settled, selection: null, floating }, `${sizeWords(clipboard)} to place: ${floatingKeys}`)
}

/** Lifts the selection off the grid, to be placed elsewhere. */
function lift(state: EditorState, grip: Cell): EditorState {
  const settled = settle(state)
  const { grid, selection } = settled
  if (!selection) return say(settled, 'nothing selected')
  const { row, column } = selection
  const floating = { piece: cutOut(grid, selection), at: { row, column }, grip, before: snapshot(settled) }
  return say(
    { ...settled, grid: fillArea(grid, selection, 0), selection: null, floating },
    `selection lifted: ${floatingKeys}`,
  )
}

function place(state: EditorState): EditorState {
  const { floating, grid } = state
  if (!floating) return state
  const { before, piece, at } = floating
  const selection = clipArea(areaOf(floating), grid)
  const placed = { ...state, floating: null, gesture: null, grid: before.grid, cursor: clampCell(at, grid) }
  return commit(placed, { grid: stamp(grid, piece, at), selection }, `placed at ${cellWords(clampCell(at, grid))}`)
}

function flip(state: EditorState, symmetry: Symmetry): EditorState {
  const { floating } = state
  if (floating)
    return say({ ...state, floating: { ...floating, piece: applySymmetry(floating.piece, symmetry) } }, 'turned')
  const settled = settle(state)
  const { grid, selection } = settled
  if (!selection) return commit(settled, { grid: applySymmetry(grid, symmetry), selection }, 'grid turned')
  const piece = applySymmetry(cutOut(grid, selection), symmetry)
  // Turning a piece that is not square by a quarter leaves blank cells behind.
  const turned = clipArea({ ...selection, height: heightOf(piece), width: widthOf(piece) }, grid)
  return commit(
    settled,
    { grid: stamp(fillArea(grid, selection, 0), piece, selection), selection: turned },
    'selection turned',
  )
}

function resize(state: EditorState, height: number, width: number): EditorState {
  const settled = settle(state)
  const [h, w] = [height, width].map((side) => Math.min(maxSide, Math.max(1, Math.round(side))))
  const grid = resizeGrid(settled.grid, h ?? 1, w ?? 1)
  const selection = settled.selection && clipArea(settled.selection, grid)
  return commit(settled, { grid, selection }, `size ${sizeWords(grid)}`)
}

function select(state: EditorState, selection: Area | null): EditorState {
  return say({ ...state, selection }, selection ? `selected ${areaWords(selection)}` : 'nothing selected')
}

/** Cancels an unfinished action. */
function settle(state: EditorState): EditorState {
  const { floating, gesture } = state
  if (floating) return { ...state, ...floating.before, floating: null, gesture: null }
  if (gesture?.kind === 'draw') return { ...state, ...gesture.before, gesture: null }
  if (gesture?.kind === 'select') return { ...state, selection: gesture.before, gesture: null }
  return gesture ? { ...state, gesture: null } : state
}

/** Records a change of the grid as one step of the history. */
function commit(state: EditorState, next: Snapshot, text: string): EditorState {
  if (sameGrid(state.grid, next.grid)) return say({ ...state, ...next }, text)
  const past = [...state.past, snapshot(state)].slice(-maxUndoSteps)
  return say(restore(state, next, { past, future: [] }), text)
}

function restore(state: EditorState, next: Snapshot, history: Pick<EditorState, 'past' | 'future'>): EditorState {
  return { ...state, ...next, ...history, cursor: clampCell(state.cursor, next.grid), anchor: null }
}

function follow(
  state: EditorState,
  { grid, past, future }: Pick<EditorState, 'grid' | 'past' | 'future'>,
): EditorState {
  const selection = state.selection && clipArea(state.selection, grid)
  return say(restore(state, { grid, selection }, { past, future }), 'changed in another tab')
}

function snapshot({ grid, selection }: EditorState): Snapshot {
  return { grid, selection }
}

function carry(state: EditorState, floating: Floating, pointer: Cell): EditorState {
  const at = { row: pointer.row - floating.grip.row, column: pointer.column - floating.grip.column }
  return { ...state, floating: hold(floating, at, state.grid) }
}

/** Keeps at least one row and one column of the piece over the grid. */
function hold(floating: Floating, at: Cell, grid: Grid): Floating {
  const { piece } = floating
  const row = Math.min(heightOf(grid) - 1, Math.max(1 - heightOf(piece), at.row))
  const column = Math.min(widthOf(grid) - 1, Math.max(1 - widthOf(piece), at.column))
  return { ...floating, at: { row, column } }
}

function areaOf({ at, piece }: Floating): Area {
  return { ...at, height: heightOf(piece), width: widthOf(piece) }
}

function between(from: Cell, to: Cell): Cell {
  return { row: to.row - from.row, column: to.column - from.column }
}

function say(state: EditorState, text: string): EditorState {
  return { ...state, said: { text, number: state.said.number + 1 } }
}

const floatingKeys = 'arrows move it, Enter places it, Escape drops it'
const sizeWords = (grid: Grid) => `${heightOf(grid)} by ${widthOf(grid)}`
const cellWords = ({ row, column }: Cell) => `row ${row + 1}, column ${column + 1}`

function areaWords(area: Area): string {
  return area.height === 1 && area.width === 1
    ? cellWords(area)
    : `${area.height} by ${area.width} from ${cellWords(area)}`
}
