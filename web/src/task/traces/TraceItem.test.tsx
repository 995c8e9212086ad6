/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { Route } from '../../address/route.ts'
import { TraceItem } from './TraceItem.tsx'

afterEach(cleanup)

const to = (): Route => ({ page: 'gallery', filters: {} })

function renderTrace(text: string) {
  const trace = { trace_id: 'a', task_id: 'a', username: 'Ada', text, score: 0, timestamp: 0, voters: {} }
  return render(
    <TraceItem
      trace={trace}
      fit={undefined}
      sample={undefined}
      to={to}
      onVote={() => {}}
      onEdit={async () => true}
      onRemove={() => {}}
    />,
  ).container
}

test.each([
  ['many characters', 'a rule '.repeat(500)],
  ['many lines', 'a\n\n'.repeat(40)],
])('a trace of %s is cut until all of it is asked for', (_, text) => {
  const clamped = () => container.querySelector('.task-traces-TraceItem-clamped')
  const container = renderTrace(text)
  expect(clamped()).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Show all' }))
  expect(clamped()).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Show less' }))
  expect(clamped()).toBeTruthy()
})

test('a short trace is shown whole', () => {
  renderTrace('Swap them.')
  expect(screen.queryByRole('button', { name: /^Show/ })).toBeNull()
})
