import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'

const source = fileURLToPath(new URL('..', import.meta.url))

/** Names of classes by CSS module: those it defines, and those that components read as `styles.name`. */
async function listClasses() {
  const defined = new Map<string, Set<string>>()
  for (const file of globSync('**/*.module.css', { cwd: source })) {
    const css = (await readFile(join(source, file), 'utf8')).replace(/\/\*.*?\*\/|:global\([^)]*\)|\{[^{}]*\}/gs, ' ')
    defined.set(file, new Set([...css.matchAll(/\.([a-z]\w*)/gi)].map(([, name = '']) => name)))
  }
  const used: { readonly file: string; readonly name: string; readonly by: string }[] = []
  const whole = new Set<string>()
  for (const by of globSync('**/*.tsx', { cwd: source })) {
    const text = await readFile(join(source, by), 'utf8')
    for (const [, variable = '', path = ''] of text.matchAll(/^import (\w+) from '(.*\.module\.css)'$/gm)) {
      const file = relative(source, join(source, dirname(by), path))
      for (const [, name = ''] of text.matchAll(new RegExp(`\\b${variable}\\.(\\w+)`, 'g')))
        used.push({ file, name, by })
      // Chosen by a value: `styles[tool]`.
      if (text.includes(`${variable}[`)) whole.add(file)
    }
  }
  return { defined, used, whole }
}

describe('CSS modules', () => {
  test('define every class that a component reads', async () => {
    const { defined, used } = await listClasses()
    expect(used.length).toBeGreaterThan(50)
    expect(used.filter(({ file, name }) => !defined.get(file)?.has(name))).toEqual([])
  })

  test('define no unused class', async () => {
    const { defined, used, whole } = await listClasses()
    const unused = [...defined].flatMap(([file, names]) =>
      [...names]
        .filter((name) => !whole.has(file) && !used.some((use) => use.file === file && use.name === name))
        .map((name) => `${file}: ${name}`),
    )
    expect(unused).toEqual([])
  })
})
