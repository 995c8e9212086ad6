import { expect, test } from '@jest/globals'
import { describeFault, findFirstFault } from './find-first-fault.ts'
import type { PairVerdict, ProgramVerdict } from './record.ts'

const correct = { verdict: 'correct', cells_right: 4, cells: 4 } as const
const error = {
  verdict: 'error',
  cells_right: 0,
  cells: 4,
  error_type: 'IndexError',
  message: 'out of\nrange',
  line: 2,
} as const

function run(pairs: readonly PairVerdict[]): { run: ProgramVerdict } {
  const rest = {
    verdict: 'error',
    outputs: [],
    train_correct: false,
    test_correct: false,
    deterministic: null,
  } as const
  return { run: { ...rest, pairs, printed: '', cpu_seconds: 0, wall_seconds: 0 } }
}

test('the first pair that is not right is named, test pairs after train pairs', () => {
  expect(findFirstFault(run([correct, error]), 2)).toMatchObject({ pair: 'train 2', line: 2 })
  expect(findFirstFault(run([correct, error]), 1)).toMatchObject({ pair: 'test 1' })
  expect(findFirstFault(run([correct]), 1)).toBeNull()
  expect(findFirstFault({ run: null }, 1)).toBeNull()
})

test.each([
  [{ ...error, pair: 'train 1' }, 'train 1: error: IndexError: out of range (line 2)'],
  [{ ...correct, verdict: 'wrong', cells_right: 3, pair: 'test 1' } as const, 'test 1: wrong (3 of 4 cells right)'],
  [
    {
      ...error,
      pair: 'train 1',
      error_type: 'NameError',
      message: 'there is no solve; the program defines a(b, c)',
      line: 1,
    },
    'train 1: error: NameError: there is no solve; the program defines a(b, c) (line 1); to name one: --function NAME',
  ],
  [
    { ...correct, verdict: 'cpu-timeout', message: 'It used more than 10 s.', pair: 'train 1' } as const,
    'train 1: cpu-timeout: It used more than 10 s.',
  ],
])('explains %j', (fault, words) => {
  expect(describeFault(fault)).toBe(words)
})
