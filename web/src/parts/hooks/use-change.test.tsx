/** @jest-environment jsdom */
import { beforeEach, expect, test } from '@jest/globals'
import { act, renderHook } from '@testing-library/react'
import { store } from '../../preferences/stored.ts'
import { useChange } from './use-change.tsx'

beforeEach(() => {
  store('person', 'Ada')
})

test('makes one change at a time: a double click counts once', async () => {
  const { result } = renderHook(useChange)
  let times = 0
  const work = async () => {
    times += 1
    return { text: `done ${times}` }
  }
  await act(() => Promise.all([result.current.change(work), result.current.change(work)]))
  expect(result.current.said?.text).toBe('done 1')
  await act(() => result.current.change(work))
  expect(result.current.said?.text).toBe('done 2')
})

test('says why a change failed, and allows the next', async () => {
  const { result } = renderHook(useChange)
  await act(() => result.current.change(() => Promise.reject(new Error('no'))))
  expect(result.current.said?.text).toBe('no')
  await act(() => result.current.change(() => Promise.resolve({ text: 'yes' })))
  expect(result.current.said?.text).toBe('yes')
})
