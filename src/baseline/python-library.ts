import { chooseOnePython } from './choose-one.ts'
import { featureFamilies } from './features/list-features.ts'
import { backgroundPython, cutOutPython } from './grids.ts'
import { measurePython } from './measures.ts'
import { findObjectsPython } from './objects.ts'
import { operations } from './operations/list-operations.ts'
import { splitPython } from './parts.ts'
import { turnPython } from './symmetries.ts'

/** Functions that programs may call, in the order in which a program lists them. */
const library: ReadonlyMap<string, string> = new Map(
  [
    backgroundPython,
    cutOutPython,
    turnPython,
    findObjectsPython,
    ...measurePython,
    splitPython,
    chooseOnePython,
    ...featureFamilies.flatMap(({ python }) => python),
    ...operations.map(({ python }) => python),
  ].map((python) => [/def (\w+)/.exec(python)?.[1] ?? '', python.trim()]),
)

/** A name that is called or passed, not a word in a string. */
const names = /(?<![\w."'])(?<!def )([a-z_]+)(?=[(),])/g

/** The library functions that a piece of Python names, and those that these name in turn. */
export function collectHelpers(python: string): string[] {
  const neededNames = new Set<string>()
  const queue = [python]
  for (let text = queue.pop(); text !== undefined; text = queue.pop()) {
    for (const [, name = ''] of text.replaceAll(/"""[^]*?"""|"[^"\n]*"/g, '').matchAll(names)) {
      const helper = library.get(name)
      if (helper === undefined || neededNames.has(name)) continue
      neededNames.add(name)
      queue.push(helper)
    }
  }
  return [...library].flatMap(([name, helper]) => (neededNames.has(name) ? [helper] : []))
}
