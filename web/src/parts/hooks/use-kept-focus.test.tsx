/** @jest-environment jsdom */
import { expect, test } from '@jest/globals'
import { act, render, screen } from '@testing-library/react'
import { useKeptFocus } from './use-kept-focus.ts'

function Pages({ path, isThere = true }: { readonly path: string; readonly isThere?: boolean }) {
  useKeptFocus(path)
  return (
    <>
      <a href="#main">Skip</a>
      {path === '/' && (
        <main>
          <a href="/task">task</a>
        </main>
      )}
      {path !== '/' && isThere && (
        <main>
          <h1 tabIndex={-1}>Task</h1>
        </main>
      )}
    </>
  )
}

test('the heading of a page takes the focus, even when its script loads after its address', async () => {
  const { rerender } = render(<Pages path="/" />)
  act(() => screen.getByRole('link', { name: 'task' }).focus())
  await act(async () => rerender(<Pages path="/task" isThere={false} />))
  expect(document.activeElement).toBe(document.body)
  await act(async () => rerender(<Pages path="/task" />))
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Task' }))
})
