/** @jest-environment jsdom */
import { expect, test } from '@jest/globals'
import { act, renderHook } from '@testing-library/react'
import { useLayoutEffect } from 'react'
import { refresh, useResource } from './resources.ts'

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
