import type { Tool } from './editor-state.ts'
import type { EditorAction } from './reduce-editor.ts'

/** What a key does, for the editor and for the list of keys. */
export interface KeyHelp {
  readonly keys: readonly string[]
  readonly does: string
}

export const toolKeys: Readonly<Record<Tool, string>> = { draw: 'D', rectangle: 'R', select: 'S', fill: 'F', pick: 'I' }

export const editorKeys: readonly KeyHelp[] = [
  { keys: ['0', '…', '9'], does: 'choose a symbol; with cells selected by S, fill them' },
  { keys: ['D', 'R', 'S', 'F', 'I'], does: 'draw, rectangle, select, flood fill, pick a symbol' },
  { keys: ['E'], does: 'go to the grid you draw in; so do the arrow keys when nothing has the focus' },
  { keys: ['Arrows'], does: 'move the cursor, or what was pasted or lifted' },
  { keys: ['Shift', 'Arrows'], does: 'select' },
  { keys: ['Enter', 'Space'], does: 'use the tool at the cursor; place what was pasted' },
  { keys: ['Delete'], does: 'blank the selection or the cell' },
  { keys: ['Ctrl', 'A'], does: 'select everything' },
  { keys: ['Ctrl', 'C / X / V'], does: 'copy, cut, paste; also from other grids, and from and to other programs' },
  { keys: ['M'], does: 'lift the selection to move it' },
  { keys: ['H', 'V'], does: 'mirror the selection or the grid left to right, top to bottom' },
  { keys: ['Ctrl', 'Z / Y'], does: 'undo, redo' },
  { keys: ['Ctrl', 'Enter'], does: 'submit' },
  { keys: ['Esc'], does: 'cancel: drop what is being placed, end a drag, clear the selection' },
  { keys: ['Alt', 'click'], does: 'pick the symbol of any cell on the page' },
]

interface Key {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const arrows: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

const plain: Readonly<Record<string, EditorAction>> = {
  d: { type: 'choose-tool', tool: 'draw' },
  r: { type: 'choose-tool', tool: 'rectangle' },
  s: { type: 'choose-tool', tool: 'select' },
  f: { type: 'choose-tool', tool: 'fill' },
  i: { type: 'choose-tool', tool: 'pick' },
  m: { type: 'lift' },
  h: { type: 'flip', symmetry: 'mirror-left-right' },
  v: { type: 'flip', symmetry: 'mirror-top-bottom' },
  delete: { type: 'blank' },
  backspace: { type: 'blank' },
  escape: { type: 'escape' },
}

const withControl: Readonly<Record<string, EditorAction>> = {
  z: { type: 'undo' },
  y: { type: 'redo' },
  a: { type: 'select-all' },
}

/** The editor action for a key. Copy, cut and paste arrive as separate events, with the system's clipboard. */
export function readKey({ key, ctrlKey, metaKey, altKey, shiftKey }: Key): EditorAction | undefined {
  if (altKey) return undefined
  const name = key.toLowerCase()
  if (ctrlKey || metaKey) return name === 'z' && shiftKey ? { type: 'redo' } : withControl[name]
  const arrow = arrows[key]
  if (arrow) return { type: 'move-cursor', rows: arrow[0], columns: arrow[1], extend: shiftKey }
  if (/^\d$/.test(key)) return { type: 'choose-symbol', symbol: Number(key) }
  return plain[name]
}
