import { expect, test } from '@jest/globals'
import { judgeDisk } from './check-disk.ts'

test.each([
  [0, false, true, '0 MB free'],
  [99_999_999, false, true, '99 MB free'],
  [100_000_000, false, false, '100 MB free'],
  [999_999_999, false, false, '999 MB free'],
  [1_000_000_000, true, true, '1 GB free'],
  [79_640_000_000, true, true, '79.6 GB free'],
])('%d bytes are enough: %s, required: %s', (bytes, ok, required, found) => {
  expect(judgeDisk(bytes)).toMatchObject({ ok, required, found })
})
