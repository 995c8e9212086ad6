import { describe, expect, test } from '@jest/globals'
import { solveOnce } from './solve-once.ts'

const taskOf = (symbol: number) => ({
  evidence: { train: [{ input: [[symbol]], output: [[0]] }], testInputs: [[[1]]] },
  wish: { of: 'program' } as const,
})

/** A solver that counts its calls and fails as often as told. */
function createCountedSolve(failures = 0) {
  const counted = { asked: 0, solve: solveOnce(async () => [search()]) }
  function search(): string {
    counted.asked += 1
    if (counted.asked <= failures) throw new Error('broke')
    return 'answer'
  }
  return counted
}

describe('solveOnce', () => {
  test('searches once for samples requested together', async () => {
    const counted = createCountedSolve()
    await Promise.all([counted.solve(taskOf(1)), counted.solve(taskOf(1)), counted.solve(taskOf(2))])
    expect(counted.asked).toBe(2)
  })

  test('searches again after a search that failed', async () => {
    const counted = createCountedSolve(1)
    await expect(counted.solve(taskOf(1))).rejects.toThrow('broke')
    expect(await counted.solve(taskOf(1))).toEqual(['answer'])
  })
})
