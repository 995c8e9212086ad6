/** @jest-environment jsdom */
import { expect, test } from '@jest/globals'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { Tabs } from './Tabs.tsx'

function TwoTabs() {
  const [open, setOpen] = useState<string>()
  const tabs = [
    { id: 'runs', title: 'Runs', count: 3, render: () => <p>what runs answered</p> },
    { id: 'traces', title: 'Traces', render: () => <p>what people wrote</p> },
  ]
  return <Tabs label="Others" tabs={tabs} open={open} onOpen={setOpen} hint="It may give the answer away." />
}

test('a tab shows its count, and its content once it is opened', () => {
  render(<TwoTabs />)
  expect(screen.getByRole('tab', { name: 'Runs 3' }).getAttribute('aria-selected')).toBe('false')
  expect(screen.queryByRole('tabpanel')).toBeNull()
  screen.getByText('It may give the answer away.')
  fireEvent.click(screen.getByRole('tab', { name: 'Traces' }))
  expect(screen.getByRole('tabpanel', { name: 'Traces' }).textContent).toBe('what people wrote')
  expect(screen.queryByText('It may give the answer away.')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Hide' }))
  expect(screen.queryByRole('tabpanel')).toBeNull()
  cleanup()
})

test('arrow keys go round the tabs without opening one, and only one tab is in the tab order', () => {
  render(<TwoTabs />)
  const [runs, traces] = screen.getAllByRole('tab')
  act(() => runs?.focus())
  fireEvent.keyDown(runs as HTMLElement, { key: 'ArrowLeft' })
  expect(document.activeElement).toBe(traces)
  expect([runs?.tabIndex, traces?.tabIndex]).toEqual([-1, 0])
  fireEvent.keyDown(traces as HTMLElement, { key: 'ArrowRight' })
  expect(document.activeElement).toBe(runs)
  expect(screen.queryByRole('tabpanel')).toBeNull()
  cleanup()
})
