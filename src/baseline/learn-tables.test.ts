import { describe, expect, test } from '@jest/globals'
import { learnTables } from './learn-tables.ts'

const never = () => false
const column = (values: number[], isColour = false) => ({ values: Int16Array.from(values), isColour, cost: 1 })
const learn = (columns: ReturnType<typeof column>[], outputs: number[], isLate = never) =>
  learnTables(columns, Int16Array.from(outputs), isLate).sort((a, b) => a.cost - b.cost)

describe('learnTables', () => {
  test('learns what each value of a column becomes', () => {
    const [best] = learn([column([1, 1, 2, 2, 1])], [5, 5, 7, 7])
    expect(best?.rules).toEqual(
      expect.arrayContaining([
        { key: [1], rule: { symbol: 5 } },
        { key: [2], rule: { symbol: 7 } },
      ]),
    )
  })

  test('copies from a column when no single symbol fits', () => {
    const [best] = learn([column([0, 0, 1, 1]), column([3, 4, 5, 6], true)], [3, 4, 9, 9])
    expect(best?.rules).toContainEqual({ key: [0], rule: { copy: 1 } })
    expect(best?.rules).toContainEqual({ key: [1], rule: { symbol: 9 } })
  })

  test('uses two columns when one contradicts itself', () => {
    const tables = learn([column([0, 0, 1, 1]), column([0, 1, 0, 1])], [0, 1, 1, 0])
    expect(tables.map((table) => table.keys)).toEqual([[0, 1]])
  })

  test('finds nothing when cells equal in every column become different', () => {
    expect(learn([column([1, 1]), column([2, 2])], [3, 4])).toEqual([])
  })

  test('trusts a table less when the test inputs hold values it has not seen', () => {
    const [known, unknown] = [
      [1, 1, 2, 2, 1],
      [1, 1, 2, 2, 3],
    ].map((values) => learn([column(values)], [5, 5, 7, 7])[0])
    expect(unknown?.cost).toBeGreaterThan(known?.cost ?? Infinity)
  })

  test('treats a colour that no pair showed like the ones it did, and says that it guessed', () => {
    const [best] = learn([column([0, 0, 1, 2, 7], true)], [0, 0, 5, 5])
    expect(best?.rules).toContainEqual({ key: [7], rule: { symbol: 5 }, isGuessed: true })
  })

  test('guesses nothing when the nearest values disagree', () => {
    const [best] = learn([column([1, 1, 2, 2, 7], true)], [5, 5, 6, 6])
    expect(best?.rules.some(({ isGuessed }) => isGuessed)).toBe(false)
  })

  test('stops when time is up', () => {
    expect(learn([column([1, 2])], [3, 4], () => true)).toEqual([])
  })
})
