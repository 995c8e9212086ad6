import { defineOperation } from '../operation.ts'
import { symmetryNames, turnGrid } from '../symmetries.ts'

/** The whole grid turned or mirrored. Its Python is the library's own `turn`. */
export const symmetry = defineOperation<[how: string]>({
  name: 'symmetry',
  python: `
def symmetry(grid, how):
    return turn(grid, how)`,
  apply: turnGrid,
  words: (how) => (how === 'as it is' ? 'The output is the input as it is.' : `The whole grid is ${how}.`),
  cost: (how) => (how === 'as it is' ? 1 : 3),
  propose: () => symmetryNames.map((how): [string] => [how]),
  examples: symmetryNames.map((how) => [how]),
})
