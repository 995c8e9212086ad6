import { describe, expect, test } from '@jest/globals'
import { buildMatrixRow } from '../../../../test/support/build-matrix-row.ts'
import { moveCursor } from './move-cursor.ts'

/** Tasks with so many samples each. */
const rowsOf = (...samples: number[]) =>
  samples.map((count, index) => buildMatrixRow(String(index), { marks: 'w'.repeat(count) }))
const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('a key in the matrix', () => {
  const rows = rowsOf(3, 0, 3, 1, 3, 0)

  test.each([
    { key: 'ArrowRight', from: [0, 1], to: [0, 2] },
    { key: 'ArrowRight', from: [0, 2], to: undefined },
    { key: 'ArrowLeft', from: [0, 0], to: undefined },
    { key: 'Home', from: [0, 2], to: [0, 0] },
    { key: 'End', from: [0, 0], to: [0, 2] },
    { key: 'End', from: [0, 2], to: undefined },
    // Tasks without this sample are passed over.
    { key: 'ArrowDown', from: [0, 0], to: [2, 0] },
    { key: 'ArrowDown', from: [2, 1], to: [4, 1] },
    { key: 'ArrowDown', from: [4, 0], to: undefined },
    { key: 'ArrowUp', from: [4, 2], to: [2, 2] },
    { key: 'ArrowUp', from: [0, 2], to: undefined },
    { key: 'PageDown', from: [0, 0], to: [2, 0] },
    { key: 'PageDown', from: [2, 0], to: [4, 0] },
    { key: 'PageDown', from: [4, 0], to: undefined },
    { key: 'PageUp', from: [4, 0], to: [2, 0] },
    { key: 'PageUp', from: [2, 0], to: [0, 0] },
    { key: 'PageUp', from: [0, 0], to: undefined },
    { key: 'x', from: [0, 0], to: undefined },
  ])('$key leads from $from to $to', ({ key, from: [row = 0, sample = 0], to }) => {
    const [nextRow, nextSample] = to ?? []
    expect(moveCursor(rows, { row, sample }, { ...none, key }, 2)).toEqual(to && { row: nextRow, sample: nextSample })
  })

  test.each([
    { key: 'Home', to: { row: 0, sample: 1 } },
    { key: 'End', to: { row: 4, sample: 1 } },
    { key: 'ArrowDown', to: undefined },
  ])('Ctrl+$key leads to the first or the last task', ({ key, to }) => {
    expect(moveCursor(rows, { row: 2, sample: 1 }, { ...none, key, ctrlKey: true }, 2)).toEqual(to)
  })

  test.each(['metaKey', 'altKey', 'shiftKey'])('with %s is left to the browser', (modifier) => {
    expect(moveCursor(rows, { row: 0, sample: 0 }, { ...none, key: 'End', [modifier]: true }, 2)).toBeUndefined()
  })
})
