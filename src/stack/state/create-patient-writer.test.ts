import { expect, test } from '@jest/globals'
import { createPatientWriter } from './create-patient-writer.ts'

test('what could not be written is written later, in its newest version, and reported once', () => {
  const files = new Map<string, unknown>()
  const lines: string[] = []
  let isFull = true
  const { write, retry } = createPatientWriter(
    (line) => lines.push(line),
    (path, value) => {
      if (isFull) throw new Error('ENOSPC')
      files.set(path, value)
    },
  )
  write('a', 1)
  write('a', 2)
  retry()
  expect(files.size).toBe(0)
  expect(lines).toEqual(['a cannot be written: Error: ENOSPC'])
  isFull = false
  retry()
  files.set('a', 'somebody else')
  retry()
  expect(files).toEqual(new Map([['a', 'somebody else']]))
})
