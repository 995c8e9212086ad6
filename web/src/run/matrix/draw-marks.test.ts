import { describe, expect, test } from '@jest/globals'
import { drawMarks } from './draw-marks.ts'
import { findMark, markWords } from './mark-words.ts'

/** Where each part of a path starts. */
const listStarts = (path: string) => [...path.matchAll(/M([\d.]+) /g)].map(([, x]) => Number(x))

describe('a row of the matrix, drawn', () => {
  test('has a tile and a sign for every recorded sample, by tone, and a place for the others', () => {
    const { tones, missing } = drawMarks('rwrp', [0, 3], 0, 6)
    expect(tones.map(({ tone, tiles }) => [tone, listStarts(tiles)])).toEqual([
      ['good', [4, 56]],
      ['plain', [30]],
      ['near', [82]],
    ])
    expect(tones.map(({ signs }) => listStarts(signs))).toEqual([[12, 64], [38], [90]])
    expect(tones.map(({ selected }) => listStarts(selected))).toEqual([[4], [], [82]])
    expect(listStarts(missing)).toEqual([108, 134])
  })

  test('has the sign of each mark, all of them different', () => {
    const drawn = markWords.map(({ letter }) => drawMarks(letter, [], 0, 1).tones[0]?.signs)
    expect(drawn).toEqual(markWords.map(({ sign }) => `M12 15${sign}`))
    expect(new Set(drawn).size).toBe(markWords.length)
  })

  test('starts at its own first sample', () => {
    const { tones } = drawMarks('wwe', [2], 2, 3)
    expect(tones).toEqual([
      {
        tone: 'bad',
        tiles: expect.stringMatching(/^M4 3h16/),
        signs: `M12 15${findMark('e')?.sign}`,
        selected: expect.stringMatching(/^M4 4h16/),
      },
    ])
  })
})
