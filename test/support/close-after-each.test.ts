import { afterAll, describe, expect, test } from '@jest/globals'
import { closeAfterEach } from './close-after-each.ts'

const closed: string[] = []
const closeAfter = closeAfterEach()
const open = (name: string) => ({ close: async () => void closed.push(name) })

describe('closeAfterEach', () => {
  test('leaves what a test opens open while the test runs', async () => {
    await closeAfter(open('first'))
    await closeAfter(Promise.resolve(open('second')))
    await expect(closeAfter(Promise.reject<ReturnType<typeof open>>(new Error('no')))).rejects.toThrow('no')
    await closeAfter({ kill: (signal) => closed.push(signal) })
    expect(closed).toEqual([])
  })

  test('closes it when the test ends, last opened first', () => {
    expect(closed).toEqual(['SIGKILL', 'second', 'first'])
  })
})

// Not awaited, because the test does not wait for it: it is opened after the test has ended.
test.failing('what a test opened is closed even if the test fails while opening more', async () => {
  void closeAfter(new Promise<ReturnType<typeof open>>((resolve) => setTimeout(() => resolve(open('late')), 50)))
  throw new Error('an expectation that does not hold')
})
afterAll(() => expect(closed.at(-1)).toBe('late'))
