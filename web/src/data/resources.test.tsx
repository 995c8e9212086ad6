/** @jest-environment jsdom */
import { expect, jest, test } from '@jest/globals'
import { act, renderHook } from '@testing-library/react'
import { useLayoutEffect } from 'react'
import { prefetch, refresh, useResource } from './resources.ts'

test('opening a resource while another tab writes still requests it', async () => {
  const read = async () => 'read'
  const { result } = renderHook(() => {
    const resource = useResource('/api/opening', read)
    // Between rendering and subscribing, as a message from another tab may arrive.
    useLayoutEffect(() => refresh('/api/'), [])
    return resource
  })
  await act(async () => {})
  expect(result.current).toEqual({ state: 'ready', value: 'read' })
})

test('a first answer that is slow is not asked for twice when the page opens', async () => {
  jest.useFakeTimers({ now: 0 })
  const { promise, resolve } = Promise.withResolvers<string>()
  const read = jest.fn(() => promise)
  prefetch('/api/slow', read)
  jest.setSystemTime(5_000)
  jest.advanceTimersByTime(5_000)
  const { result } = renderHook(() => useResource('/api/slow', read))
  expect(read).toHaveBeenCalledTimes(1)
  await act(async () => resolve('read'))
  expect(result.current).toEqual({ state: 'ready', value: 'read' })
  jest.useRealTimers()
})
