import { expect, test } from '@jest/globals'
import { measureWidth } from './display-width.ts'
import { fitTable, renderBeside, renderTable } from './render-table.ts'

const headings = ['run', 'state', 'tasks']
const rows = [
  ['code-a-20261127', 'complete', '12/12'],
  ['b', 'interrupted', '3/12'],
]

function widthOf(text: string): number {
  return Math.max(...text.split('\n').map(measureWidth))
}

test('a table that fits, or is not for a terminal, has one line per row', () => {
  const whole =
    'run              state        tasks\ncode-a-20261127  complete     12/12\nb                interrupted  3/12'
  expect(fitTable(headings, rows, 35)).toBe(whole)
  expect(fitTable(headings, rows, Infinity)).toBe(whole)
})

test('in less room names get lines of their own', () =>
  expect(fitTable(headings, rows, 34)).toBe(
    'run\n  state        tasks\ncode-a-20261127\n  complete     12/12\nb\n  interrupted  3/12',
  ))

test('in even less room every cell does', () =>
  expect(fitTable(headings, rows, 19)).toBe(
    'code-a-20261127\n  state  complete\n  tasks  12/12\nb\n  state  interrupted\n  tasks  3/12',
  ))

test('a heading that leaves no room beside it is put above its cell, and the other cells line up', () =>
  expect(fitTable(['key', 'provider', '$ per million tokens', 'model'], [['A', 'local', '2 / 10', 'm-1']], 30)).toBe(
    'A\n  provider  local\n  $ per million tokens\n            2 / 10\n  model     m-1',
  ))

test('rows are side by side, with long names broken after a dash', () => {
  const text = fitTable(headings, rows, 34, [renderTable, renderBeside])
  expect(text).toBe('run    code-a-   b\n       20261127\nstate  complete  interrupted\ntasks  12/12     3/12')
})

test('wide characters take two columns', () => {
  const text = renderTable(
    ['name', 'n'],
    [
      ['日本語', '1'],
      ['abc', '2'],
    ],
  )
  expect(text).toBe('name    n\n日本語  1\nabc     2')
})

test.each([20, 30, 40, 60, 80])('fits %i columns whatever the layout', (columns) => {
  const long = rows.map(([name = '', ...cells]) => [name, ...cells, 'several words that say what became of it'])
  for (const layouts of [undefined, [renderTable, renderBeside]]) {
    expect(widthOf(fitTable([...headings, 'words'], long, columns, layouts))).toBeLessThanOrEqual(columns)
  }
})

test('a table without rows has only its headings', () => expect(fitTable(headings, [], 80)).toBe('run  state  tasks'))
