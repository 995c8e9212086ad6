/** @jest-environment jsdom */
import { expect, test } from '@jest/globals'
import { act, fireEvent, renderHook } from '@testing-library/react'
import { renderGrid } from '../../../src/domain/grids/render-grid.ts'
import { useEditor } from './sessions.ts'
import { useEditorKeys } from './use-editor-keys.ts'

test('copying while a piece hovers gives other programs and the page the same grid', () => {
  const { result } = renderHook(() => {
    const [state, dispatch] = useEditor('copied', { grid: [[1, 2]] })
    useEditorKeys(state, dispatch, { current: null })
    return { state, dispatch }
  })
  act(() => result.current.dispatch({ type: 'select-all' }))
  act(() => result.current.dispatch({ type: 'lift' }))
  let copied = ''
  const clipboardData = { setData: (_: string, text: string) => (copied = text) }
  act(() => void fireEvent.copy(document.body, { clipboardData }))
  expect(copied).toBe(renderGrid(result.current.state.clipboard ?? []))
  expect(result.current.state.clipboard).toEqual([[1, 2]])
})
