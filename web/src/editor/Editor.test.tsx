/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { Editor } from './Editor.tsx'
import { useEditor } from './sessions.ts'

let session = 0

function Desk({ id }: { readonly id: string }) {
  const [state, dispatch] = useEditor(id)
  return (
    <Editor state={state} dispatch={dispatch} input={[[7, 8]]} slot={{ width: 300, height: 300 }} marks={undefined} />
  )
}

beforeEach(() => {
  localStorage.clear()
  session += 1
  render(<Desk id={`task-${session}.0`} />)
})
afterEach(cleanup)

const labels = () => screen.getAllByRole('gridcell').map((cell) => cell.getAttribute('aria-label'))
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

describe('the editor', () => {
  test('is a grid that names each cell by place, colour and symbol', () => {
    press('Copy from input')
    expect(screen.getByRole('grid').getAttribute('aria-label')).toBe('Your output, 1 by 2')
    expect(labels()).toEqual(['row 1, column 1, orange 7', 'row 1, column 2, light blue 8'])
  })

  test('is one tab stop, and announces where its cursor is', () => {
    fireEvent.keyDown(document.body, { key: 'ArrowDown' })
    const active = screen.getByRole('grid').getAttribute('aria-activedescendant')
    expect(document.getElementById(active ?? '')?.getAttribute('aria-label')).toBe('row 2, column 1, black 0')
    expect(document.querySelectorAll('[role=grid], [role=gridcell][tabindex]')).toHaveLength(1)
  })

  test('announces what was done', () => {
    press('Copy from input')
    expect(document.querySelector('[aria-live]')?.textContent).toBe('copied from the input')
    press('Undo')
    expect(document.querySelector('[aria-live]')?.textContent).toBe('undone')
  })

  test('reports a paste that is not a grid, and does not paste an earlier copy instead', () => {
    press('Copy from input')
    press('Copy')
    fireEvent.paste(document.body, { clipboardData: { getData: () => 'hello' } })
    expect(document.querySelector('[aria-live]')?.textContent).toBe('the clipboard holds no grid')
    expect(screen.queryByRole('button', { name: 'Place' })).toBeNull()
  })

  test('does not apply a size while it is being typed', () => {
    press('Copy from input')
    const columns = screen.getByRole('spinbutton', { name: 'Columns' })
    fireEvent.change(columns, { target: { value: '1' } })
    expect(labels()).toHaveLength(2)
    fireEvent.change(columns, { target: { value: '12' } })
    fireEvent.blur(columns)
    expect(labels()).toHaveLength(12)
    for (const value of ['0', '31', '', '1.5']) {
      fireEvent.change(columns, { target: { value } })
      fireEvent.blur(columns)
      screen.getByText(`a grid has 1 to 30 columns, not “${value}”`)
    }
    expect(labels()).toHaveLength(12)
  })

  test('leaves keys to a text field', () => {
    fireEvent.keyDown(screen.getByRole('spinbutton', { name: 'Rows' }), { key: '3' })
    expect(screen.getByRole('button', { name: 'green 3' }).getAttribute('aria-pressed')).toBe('false')
    fireEvent.keyDown(document.body, { key: '3' })
    expect(screen.getByRole('button', { name: 'green 3' }).getAttribute('aria-pressed')).toBe('true')
  })

  test('keeps the drawing', () => {
    press('Copy from input')
    cleanup()
    expect(localStorage.getItem(`arcloom.draft.task-${session}.0`)).toBe('000/000/000;@78')
  })
})
