import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import { renderGrid } from '../../../src/domain/grids/render-grid.ts'
import { isTyping, useKeys } from '../parts/hooks/use-keys.ts'
import type { EditorState } from './editor-state.ts'
import { extractGrid } from './grid-text.ts'
import { readKey } from './keys.ts'
import { reduceEditor } from './reduce-editor.ts'
import type { Dispatch } from './sessions.ts'

/**
 * The editor's keys, wherever the focus is, unless the focused element uses them: other grids have their own cursor, and Enter
 * and Space press buttons. Arrows belong to the editor while the focus is in it, or nowhere; in that case they move the focus
 * there.
 *
 * @param place holds the editor's grid
 */
export function useEditorKeys(state: EditorState, dispatch: Dispatch, place: RefObject<HTMLElement | null>): void {
  useKeys((event) => {
    const { activeElement } = document
    const focusGrid = () => place.current?.querySelector<HTMLElement>('[role=grid]')?.focus()
    const isOnGrid = place.current?.contains(activeElement) ?? false
    const isInEditor = place.current?.parentElement?.contains(activeElement) ?? false
    if (isOnGrid && !event.ctrlKey && !event.metaKey && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      return dispatch({ type: 'apply' })
    }
    if (event.key.toLowerCase() === 'e' && !event.ctrlKey && !event.metaKey && !event.altKey) return focusGrid()
    const action = readKey(event)
    if (!action) return
    if (action.type === 'move-cursor') {
      const isElsewhere = !isInEditor && activeElement instanceof HTMLElement && activeElement.tabIndex >= 0
      if (isElsewhere) return
      focusGrid()
    }
    event.preventDefault()
    dispatch(action)
  })

  const current = useRef(state)
  useLayoutEffect(() => {
    current.current = state
  })
  useEffect(() => {
    const isOurs = (event: ClipboardEvent) =>
      !event.defaultPrevented && !isTyping(event.target) && (document.getSelection()?.isCollapsed ?? true)
    const copy = (event: ClipboardEvent) => {
      if (!isOurs(event)) return
      // Other programs get the same text as the page, also while a piece floats.
      const { clipboard } = reduceEditor(current.current, { type: 'copy' })
      if (clipboard) event.clipboardData?.setData('text/plain', renderGrid(clipboard))
      event.preventDefault()
      dispatch({ type: event.type === 'cut' ? 'cut' : 'copy' })
    }
    const paste = (event: ClipboardEvent) => {
      if (!isOurs(event)) return
      event.preventDefault()
      const text = event.clipboardData?.getData('text/plain') ?? ''
      const piece = extractGrid(text)
      if (!piece && text.trim() !== '') return dispatch({ type: 'say', text: 'the clipboard holds no grid' })
      if (piece) dispatch({ type: 'put-clipboard', piece })
      dispatch({ type: 'paste' })
    }
    document.addEventListener('copy', copy)
    document.addEventListener('cut', copy)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('cut', copy)
      document.removeEventListener('paste', paste)
    }
  }, [dispatch])
}
