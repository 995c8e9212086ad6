import { expect, test } from '@jest/globals'
import { missing, noted, passed } from './check.ts'
import { renderChecks } from './render-checks.ts'

const node = passed({ name: 'node', needed: 'Node 24', found: 'v24.21.0' })
const key = noted({
  name: 'key',
  needed: 'to ask GPT',
  found: 'OPENAI_API_KEY is not set',
  mend: 'export OPENAI_API_KEY=…',
})
const python = missing({ name: 'python', needed: 'numpy', found: 'no numpy', mend: 'scripts/setup' })

test('what is well takes one line, what is not also its need and its mend', () => {
  expect(renderChecks([node, key, python], undefined)).toBe(`● node    v24.21.0
◐ key     OPENAI_API_KEY is not set
          needed: to ask GPT
          mend:   export OPENAI_API_KEY=…
○ python  no numpy
          needed: numpy
          mend:   scripts/setup

○ Missing: python.
◐ marks what Arcloom can do without.`)
})

test('all is well when nothing required is missing', () => {
  expect(renderChecks([node], undefined)).toContain('● Everything that is needed is there.')
})

test('fits 100 columns, but never breaks a line to be copied', () => {
  const words = 'word '.repeat(60).trim()
  const mend = `export ARCLOOM_DATA_DIR=/${'long/'.repeat(30)}`
  const configuration = {
    project: '/p',
    data_folder: '/d',
    models_files: ['/p/models.json'],
    env_file: null,
    set_by: { environment: words.split(' '), env_file: [] },
  }
  const lines = renderChecks([missing({ name: 'disk', needed: words, found: words, mend })], configuration).split('\n')
  expect(lines).toContainEqual(expect.stringContaining(mend))
  for (const line of lines.filter((line) => !line.includes(mend))) expect(line.length).toBeLessThanOrEqual(100)
})
