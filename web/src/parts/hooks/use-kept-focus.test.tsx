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

test('the heading takes the focus when all of the content is replaced under the same address', async () => {
  function Steps({ isAsked }: { readonly isAsked: boolean }) {
    useKeptFocus('/')
    return (
      <>
        <a href="#main">Skip</a>
        {isAsked ? (
          <main>
            <h1 tabIndex={-1}>Who are you?</h1>
          </main>
        ) : (
          <main key="begin">
            <button type="button">Begin</button>
          </main>
        )}
      </>
    )
  }
  const { rerender } = render(<Steps isAsked={false} />)
  const begin = screen.getByRole('button', { name: 'Begin' })
  act(() => begin.focus())
  await act(async () => rerender(<Steps isAsked />))
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Who are you?' }))
})
