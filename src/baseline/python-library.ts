import { featureFamilies } from './features/list-features.ts'
import { backgroundPython, cutOutPython } from './grids.ts'
import { measurePython } from './measures.ts'
import { findObjectsPython } from './objects.ts'
import { splitPython } from './parts.ts'
import { chooseOnePython } from './choose-one.ts'
import { turnPython } from './symmetries.ts'

/** Functions that programs may name; a program takes along those it names, directly or through another. */
const library: ReadonlyMap<string, string> = new Map(
  [
    backgroundPython,
    cutOutPython,
    turnPython,
    findObjectsPython,
    measurePython,
    splitPython,
    chooseOnePython,
    ...featureFamilies.map((family) => family.python),
  ].map((python) => [/def (\w+)/.exec(python)?.[1] ?? '', python.trim()]),
)

/** The library functions that a piece of Python names, and those that these name in turn. */
export function collectHelpers(python: string): string[] {
  const needed = new Set<string>()
  const waiting = [python]
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    for (const [, name = ''] of text.matchAll(/(?<!def |[.\w])(\w+)\(/g)) {
      const helper = library.get(name)
      if (helper === undefined || needed.has(name)) continue
      needed.add(name)
      waiting.push(helper)
    }
  }
  return [...library].flatMap(([name, helper]) => (needed.has(name) ? [helper] : []))
}
