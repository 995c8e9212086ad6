/** @jest-environment jsdom */
import { expect, test } from '@jest/globals'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { readStored } from '../../preferences/stored.ts'
import { TraceForm } from './TraceForm.tsx'

test('text typed while a save is in progress stays, in the field and in the browser', async () => {
  let answer: (isKept: boolean) => void = () => {}
  const onSubmit = () => new Promise<boolean>((resolve) => (answer = resolve))
  render(<TraceForm label="Write" submit="Add" draft="trace.a" onSubmit={onSubmit} />)
  const field = screen.getByRole('textbox')
  fireEvent.change(field, { target: { value: 'one' } })
  fireEvent.click(screen.getByRole('button', { name: 'Add' }))
  fireEvent.change(field, { target: { value: 'one, and two' } })
  await act(async () => answer(true))
  expect(screen.getByDisplayValue('one, and two')).toBe(field)
  expect(readStored('trace.a')).toBe('one, and two')
  fireEvent.click(screen.getByRole('button', { name: 'Add' }))
  await act(async () => answer(true))
  expect(screen.getByDisplayValue('')).toBe(field)
  expect(readStored('trace.a')).toBeUndefined()
})

test('an edit has the focus, is saved as a draft, and is discarded when cancelled', () => {
  const edit = () => (
    <TraceForm
      label="Change"
      submit="Save"
      initial="A."
      draft="trace.edit.a"
      takesFocus
      onSubmit={async () => true}
      onCancel={() => {}}
    />
  )
  const { unmount } = render(edit())
  const field = screen.getByRole('textbox', { name: 'Change' })
  expect(document.activeElement).toBe(field)
  fireEvent.change(field, { target: { value: 'A. And' } })
  unmount()
  render(edit())
  expect(screen.getByDisplayValue('A. And')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(readStored('trace.edit.a')).toBeUndefined()
})
