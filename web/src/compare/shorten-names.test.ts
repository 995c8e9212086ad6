import { expect, test } from '@jest/globals'
import { shortenNames } from './shorten-names.ts'

test.each([
  { names: ['bench', 'other'], short: ['bench', 'other'] },
  { names: ['a-very-long-name-of-a-run'], short: ['a-very-long-name-of-a-run'] },
  { names: ['code-benchmark-2026-11-27-a', 'code-benchmark-2026-11-27-b'], short: ['…a', '…b'] },
  { names: ['2026-11-27-small-code-benchmark', '2026-11-27-large-code-benchmark'], short: ['…small-…', '…large-…'] },
  // What one name ends with is not cut off it.
  { names: ['code-benchmark-2026-11-27', 'code-benchmark-2026-11-27-2'], short: ['…27', '…27-2'] },
  { names: ['reasoning-with-feedback', 'direct-without-feedback'], short: ['reasoning-with-…', 'direct-without-…'] },
])('$names are told apart as $short', ({ names, short }) => {
  expect([...shortenNames(names).entries()]).toEqual(names.map((name, index) => [name, short[index]]))
})
