import { expect, test } from '@jest/globals'
import { createSlotPool } from './slot-pool.ts'

test('each slot is used by one caller at a time, in the order of requests', async () => {
  const pool = createSlotPool(['x', 'y'])
  const busy = new Set<string>()
  const order: number[] = []
  await Promise.all(
    [0, 1, 2, 3, 4].map((number) =>
      pool.use(async (slot) => {
        expect(busy.has(slot)).toBe(false)
        busy.add(slot)
        order.push(number)
        await new Promise((resolve) => setImmediate(resolve))
        busy.delete(slot)
      }),
    ),
  )
  expect(order).toEqual([0, 1, 2, 3, 4])
})

test('a slot is free again when the work on it failed', async () => {
  const pool = createSlotPool(['x'])
  await expect(pool.use(() => Promise.reject(new Error('broke')))).rejects.toThrow('broke')
  expect(await pool.use(async (slot) => slot)).toBe('x')
})
