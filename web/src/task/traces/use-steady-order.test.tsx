/** @jest-environment jsdom */
import { expect, test } from '@jest/globals'
import { renderHook } from '@testing-library/react'
import type { Trace } from '../../../../src/domain/tasks/trace.ts'
import { useSteadyOrder } from './use-steady-order.ts'

const trace = (id: string, score: number): Trace => ({
  trace_id: id,
  task_id: 'a',
  username: 'Ada',
  text: '',
  score,
  timestamp: 0,
  voters: {},
})

test('votes leave traces in place, removal closes the gap, new ones come last, restored ones return', () => {
  const { result, rerender } = renderHook(({ traces }) => useSteadyOrder(traces), {
    initialProps: { traces: [trace('b', 1), trace('a', 0), trace('c', 0)] },
  })
  const ids = () => result.current.map(({ trace_id: id }) => id).join('')
  rerender({ traces: [trace('a', 2), trace('b', 1), trace('c', 0)] })
  expect(ids()).toBe('bac')
  rerender({ traces: [trace('d', 3), trace('b', 1), trace('c', 0)] })
  expect(ids()).toBe('bcd')
  rerender({ traces: [trace('d', 3), trace('b', 1), trace('a', 0), trace('c', 0)] })
  expect(ids()).toBe('bacd')
})
