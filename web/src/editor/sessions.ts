import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { packGrid, parsePackedGrid } from '../../../src/domain/grids/pack-grid.ts'
import { readStored, store, subscribe as subscribeStored } from '../preferences/stored.ts'
import { createEditorState, type EditorState } from './editor-state.ts'
import { reduceEditor, type EditorAction } from './reduce-editor.ts'

/*
 * One editor with its history for each visited test input, for as long as the page lives; its grid is also in the browser's
 * storage, so that it survives a reload, and other tabs on the same task follow.
 */

export type Dispatch = (action: EditorAction) => void

const sessions = new Map<string, EditorState>()
const listeners = new Set<() => void>()
/** The tool, the symbol and the clipboard carry over from one test input to the next. */
let inHand: Pick<EditorState, 'tool' | 'symbol' | 'clipboard'> = { tool: 'draw', symbol: 1, clipboard: null }

const draftKey = (id: string) => `draft.${id}`

function open(id: string, begin?: Grid): EditorState {
  const session = sessions.get(id) ?? createEditorState(parsePackedGrid(readStored(draftKey(id)) ?? '') ?? begin)
  const { tool, symbol, clipboard } = inHand
  const isInHand = session.tool === tool && session.symbol === symbol && session.clipboard === clipboard
  const state = isInHand ? session : { ...session, ...inHand }
  sessions.set(id, state)
  return state
}

function update(id: string, action: EditorAction): void {
  const state = reduceEditor(open(id), action)
  const { tool, symbol, clipboard } = state
  inHand = { tool, symbol, clipboard }
  sessions.set(id, state)
  keep(id, state)
  for (const listener of listeners) listener()
}

/** Unfinished actions are not kept, nor a grid that nobody touched. */
function keep(id: string, { grid, gesture, floating, past }: EditorState): void {
  if (gesture || floating) return
  const [stored, text] = [readStored(draftKey(id)), packGrid(grid)]
  if (text !== stored && (stored !== undefined || past.length > 0)) store(draftKey(id), text)
}

/** Another tab changed the grid of the same task. */
function follow(id: string): void {
  const grid = parsePackedGrid(readStored(draftKey(id)) ?? '')
  const state = open(id)
  if (!grid || state.gesture || state.floating || packGrid(grid) === packGrid(state.grid)) return
  sessions.set(id, reduceEditor(state, { type: 'load', grid, what: 'changed in another tab' }))
  for (const listener of listeners) listener()
}

/**
 * @param id identifies the test input by its task's content, whatever the task is called
 * @param begin the initial grid if nothing was drawn yet
 */
export function useEditor(id: string, begin?: Grid): readonly [EditorState, Dispatch] {
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
  const state = useSyncExternalStore(subscribe, () => open(id, begin))
  const dispatch = useCallback((action: EditorAction) => update(id, action), [id])
  // When the page shows something else while the pointer is still down, the drag is over.
  useEffect(() => () => dispatch({ type: 'release' }), [dispatch])
  return [state, dispatch]
}
