import { entryPoints, otherEntryPoints } from '../runs/entry-points.ts'
import { listFunctions } from './list-functions.ts'

/** One way to recognise a text as a program: by what it defines at top level that could be called with a grid. */
export interface EntryRule {
  readonly isMetBy: (code: string) => boolean
  /** Whether such a definition may begin on a line. */
  readonly mayBeginAt: (line: string) => boolean
  /** Whether a truncated answer may still be searched by it if its last block was truncated, too. */
  readonly isSure: boolean
}

const names = entryPoints.join('|')
const otherNames = otherEntryPoints.join('|')

/** A requested name: `def`, or a lambda or another function assigned to it. */
const askedDefinition = new RegExp(
  `^(?:(?:async[ \\t]+)?def[ \\t]+(?:${names})[ \\t]*\\(|(?:${names})[ \\t]*(?::[^=\\n]+)?=(?!=))`,
  'm',
)
/** `solution = [[1, 2]]` defines no function. */
const otherAssignment = new RegExp(`^(?:${otherNames})[ \\t]*=[ \\t]*(?:(lambda\\b)|(\\w+)[ \\t]*$)`, 'gm')
const anyDefinition = /^(?:async[ \t]+)?def[ \t]+\w/
const othersAssigned = new RegExp(`^(?:${otherNames})[ \\t]*=`)

/**
 * In order: a requested name decides over the whole text before another name is tried. The order and the criteria are
 * those of the sandbox (`entry-points.ts`); a requested name counts here whatever its arguments, so that the sandbox reports
 * what is wrong with it.
 */
export const entryRules: readonly EntryRule[] = [
  {
    isMetBy: (code) => askedDefinition.test(code),
    mayBeginAt: (line) => askedDefinition.test(line),
    isSure: true,
  },
  {
    isMetBy: definesOther,
    mayBeginAt: (line) => anyDefinition.test(line) || othersAssigned.test(line),
    isSure: true,
  },
  {
    isMetBy: (code) =>
      listFunctions(code).filter(({ needs, takesOneGrid }) => needs === 1 && takesOneGrid).length === 1,
    mayBeginAt: (line) => anyDefinition.test(line),
    isSure: false,
  },
]

function definesOther(code: string): boolean {
  const callable = new Set(
    listFunctions(code)
      .filter(({ takesOneGrid }) => takesOneGrid)
      .map(({ name }) => name),
  )
  return (
    otherEntryPoints.some((name) => callable.has(name)) ||
    [...code.matchAll(otherAssignment)].some(([, lambda, name = '']) => lambda !== undefined || callable.has(name))
  )
}
