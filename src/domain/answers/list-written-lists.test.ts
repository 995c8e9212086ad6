import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { listWrittenLists } from './list-written-lists.ts'

/** What a list of lists is, as one pattern. It finds the same in any text, but overflows the stack on a long one. */
const listOfLists = /\[\s*\[[^[\]]*\](?:[\s,]*\[[^[\]]*\])*[\s,]*\]/g

const anyText = fc
  .array(fc.constantFrom('[', '[', '[', ']', ']', ']', ',', ' ', '\n', '1', '23', 'x', '"a"', '[[1, 2], [3, 4]]'))
  .map((pieces) => pieces.join(''))

test('finds in any text what the pattern finds', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const lists = listWrittenLists(text).map(({ from, to }) => text.slice(from, to))
      expect(lists).toEqual(text.match(listOfLists) ?? [])
    }),
    { numRuns: 2_000 },
  )
})

test('returns each row as it is written between its brackets', () => {
  expect(listWrittenLists('a = [[1, 2],\n [3]], [ [ "x" ] ,]')).toEqual([
    { from: 4, to: 18, rows: ['1, 2', '3'] },
    { from: 20, to: 32, rows: [' "x" '] },
  ])
})

test('reads to the end of a list of millions of rows, and keeps only one row more than a grid has', () => {
  const text = `[${'[1],'.repeat(8_000_000)}]`
  expect(listWrittenLists(text)).toEqual([{ from: 0, to: text.length, rows: Array<string>(31).fill('1') }])
})
