/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { act, renderHook } from '@testing-library/react'
import { packGrid } from '../../../src/domain/grids/pack-grid.ts'
import { isTouched } from './editor-state.ts'
import { useEditor } from './sessions.ts'

beforeEach(() => localStorage.clear())
afterEach(() => localStorage.clear())

const open = (id: string) => renderHook(({ id }) => useEditor(id), { initialProps: { id } })
const storedDraft = (id: string) => localStorage.getItem(`arcloom.draft.${id}`)

test('a stroke is saved when it ends, and not before', () => {
  const { result } = open('stroke')
  const [, dispatch] = result.current
  act(() => dispatch({ type: 'press', cell: { row: 0, column: 0 } }))
  expect(storedDraft('stroke')).toBeNull()
  act(() => dispatch({ type: 'release' }))
  expect(storedDraft('stroke')).toBe('000/000/000;@100/000/000')
})

test('an untouched grid is not saved', () => {
  const { result } = open('untouched')
  act(() => result.current[1]({ type: 'choose-tool', tool: 'fill' }))
  expect(storedDraft('untouched')).toBeNull()
})

test('tool, symbol and clipboard move to another test input, its grid and history do not', () => {
  const { result, rerender } = open('first')
  act(() => result.current[1]({ type: 'choose-symbol', symbol: 7 }))
  act(() => result.current[1]({ type: 'load', grid: [[5]], what: 'loaded' }))
  rerender({ id: 'second' })
  expect(result.current[0]).toMatchObject({ symbol: 7, past: [] })
  rerender({ id: 'first' })
  expect([packGrid(result.current[0].grid), result.current[0].past.length]).toEqual(['5', 1])
})

test('a change that full storage rejects is not undone by an earlier saved one', () => {
  const { result } = open('full')
  act(() => result.current[1]({ type: 'load', grid: [[5]], what: 'loaded' }))
  const setItem = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  act(() => result.current[1]({ type: 'load', grid: [[5, 5]], what: 'loaded' }))
  expect(packGrid(result.current[0].grid)).toBe('55')
  setItem.mockRestore()
  act(() => result.current[1]({ type: 'load', grid: [[5, 5, 5]], what: 'loaded' }))
  expect(storedDraft('full')).toMatch(/;@555$/)
})

test('a full store gives up histories, and keeps every drawing', () => {
  localStorage.setItem('arcloom.draft.earlier', '1;2;@3;4')
  const { result } = open('room')
  const setItem = jest.spyOn(Storage.prototype, 'setItem').mockImplementation((key, value) => {
    if (!key.endsWith('earlier') && storedDraft('earlier') !== '3') throw new DOMException('full', 'QuotaExceededError')
    // As `setItem` stores, too.
    localStorage[key] = value
  })
  act(() => result.current[1]({ type: 'load', grid: [[5]], what: 'loaded' }))
  setItem.mockRestore()
  expect([storedDraft('earlier'), storedDraft('room')]).toEqual(['3', '000/000/000;@5'])
})

test('what was drawn before a reload can be undone, and redone', () => {
  localStorage.setItem('arcloom.draft.reloaded', '000/000/000;5;@55;555')
  const { result } = open('reloaded')
  expect(packGrid(result.current[0].grid)).toBe('55')
  act(() => result.current[1]({ type: 'redo' }))
  expect(storedDraft('reloaded')).toBe('000/000/000;5;55;@555')
  for (let times = 0; times < 3; times += 1) act(() => result.current[1]({ type: 'undo' }))
  expect(packGrid(result.current[0].grid)).toBe('000/000/000')
})

test('two tabs share one history', () => {
  const { result } = open('both')
  act(() => result.current[1]({ type: 'load', grid: [[5]], what: 'loaded' }))
  act(() => {
    localStorage.setItem('arcloom.draft.both', '000/000/000;5;@55')
    window.dispatchEvent(new StorageEvent('storage', { key: 'arcloom.draft.both' }))
  })
  expect([packGrid(result.current[0].grid), result.current[0].past.length]).toEqual(['55', 2])
  act(() => result.current[1]({ type: 'undo' }))
  expect(storedDraft('both')).toBe('000/000/000;@5;55')
})

test('a drawing begins with the start it is given, which is untouched until something is drawn', () => {
  const start = [[0, 0]]
  const { result } = renderHook(() => useEditor('started', { start }))
  expect([result.current[0].grid, isTouched(result.current[0])]).toEqual([start, false])
  act(() => result.current[1]({ type: 'load', grid: [[5]], what: 'loaded' }))
  act(() => result.current[1]({ type: 'reset' }))
  expect([result.current[0].grid, isTouched(result.current[0])]).toEqual([start, true])
})

test('an unfinished drag ends when the page shows another test input', () => {
  const { result, rerender } = open('left')
  act(() => result.current[1]({ type: 'press', cell: { row: 0, column: 0 } }))
  rerender({ id: 'other' })
  rerender({ id: 'left' })
  expect(result.current[0]).toMatchObject({ gesture: null, past: [{}] })
})

test('what another tab saves is taken over, and can be undone', () => {
  const { result } = open('shared')
  act(() => {
    localStorage.setItem('arcloom.draft.shared', '12/34')
    window.dispatchEvent(new StorageEvent('storage', { key: 'arcloom.draft.shared' }))
  })
  expect(packGrid(result.current[0].grid)).toBe('12/34')
  act(() => result.current[1]({ type: 'undo' }))
  expect(packGrid(result.current[0].grid)).toBe('000/000/000')
})
