import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { sameGrid, type Grid } from '../../../src/domain/grids/grid.ts'
import { listStored, readStored, store, subscribe as subscribeStored } from '../preferences/stored.ts'
import { parseDraft, renderDraft, withoutHistory } from './draft.ts'
import { createEditorState, type EditorState } from './editor-state.ts'
import { reduceEditor, type EditorAction } from './reduce-editor.ts'

/*
 * One editor with its history for each visited test input, for as long as the page lives; both are also in the browser's
 * storage, so that they survive a reload, and other tabs on the same task follow.
 */

export type Dispatch = (action: EditorAction) => void

const sessions = new Map<string, EditorState>()
const listeners = new Set<() => void>()
/** The tool, the symbol and the clipboard carry over from one test input to the next. */
let inHand: Pick<EditorState, 'tool' | 'symbol' | 'clipboard'> = { tool: 'draw', symbol: 1, clipboard: null }

const draftPrefix = 'draft.'
const draftKey = (id: string) => draftPrefix + id

/** What an editor begins with if nothing is stored. */
interface Beginning {
  /** What counts as untouched. */
  readonly start?: Grid | undefined
  /** Not if something is in it already. */
  readonly grid?: Grid | undefined
}

/** What somebody has drawn for a test input; undefined if nothing. */
export function readDrawing(id: string): Grid | undefined {
  return parseDraft(readStored(draftKey(id)) ?? '')?.grid
}

function open(id: string, { start, grid }: Beginning = {}): EditorState {
  const session =
    sessions.get(id) ?? createEditorState(start, parseDraft(readStored(draftKey(id)) ?? '') ?? (grid && { grid }))
  const { tool, symbol, clipboard } = inHand
  const isInHand = session.tool === tool && session.symbol === symbol && session.clipboard === clipboard
  const state = isInHand ? session : { ...session, ...inHand }
  sessions.set(id, state)
  return state
}

function update(id: string, action: EditorAction): void {
  const before = open(id)
  const state = reduceEditor(before, action)
  const { tool, symbol, clipboard } = state
  inHand = { tool, symbol, clipboard }
  sessions.set(id, state)
  keep(id, state, before)
  for (const listener of listeners) listener()
}

/** Unfinished actions are not kept, nor a grid that nobody touched. */
function keep(id: string, state: EditorState, before: EditorState): void {
  const { gesture, floating, past, future, grid } = state
  const isSame = past === before.past && future === before.future && grid === before.grid && gesture === before.gesture
  if (gesture || floating || isSame || past.length + future.length === 0) return
  const text = renderDraft(state)
  if (text !== readStored(draftKey(id)) && !store(draftKey(id), text)) {
    forgetHistories()
    store(draftKey(id), text)
  }
}

/** Makes room in full storage: drawings of other tasks stay, but can no longer be undone after a reload. */
function forgetHistories(): void {
  for (const [key, text] of listStored(draftPrefix)) {
    const grid = withoutHistory(text)
    if (grid !== text) store(key, grid)
  }
}

/** Another tab changed the grid of the same task. */
function follow(id: string): void {
  const text = readStored(draftKey(id)) ?? ''
  const from = parseDraft(text)
  const state = open(id)
  if (!from || state.gesture || state.floating || text === renderDraft(state)) return
  const hasHistory = from.past.length + from.future.length > 0
  if (!hasHistory && sameGrid(from.grid, state.grid)) return
  const what = 'changed in another tab'
  sessions.set(id, reduceEditor(state, hasHistory ? { type: 'follow', from } : { type: 'load', grid: from.grid, what }))
  for (const listener of listeners) listener()
}

/**
 * @param id identifies the test input by its task's content, whatever the task is called
 * @param beginning used if nothing was drawn yet
 */
export function useEditor(id: string, beginning?: Beginning): readonly [EditorState, Dispatch] {
  const subscribe = useCallback(
    (listener: () => void) => {
      listeners.add(listener)
      const unsubscribe = subscribeStored(() => follow(id))
      return () => {
        listeners.delete(listener)
        unsubscribe()
      }
    },
    [id],
  )
  const state = useSyncExternalStore(subscribe, () => open(id, beginning))
  const dispatch = useCallback((action: EditorAction) => update(id, action), [id])
  // When the page shows something else while the pointer is still down, the drag is over.
  useEffect(() => () => dispatch({ type: 'release' }), [dispatch])
  return [state, dispatch]
}
