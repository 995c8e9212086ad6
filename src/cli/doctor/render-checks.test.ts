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

test('a check that passed takes one line; one that failed adds its reason and its fix', () => {
  expect(renderChecks([node, key, python], undefined)).toBe(`● node    v24.21.0
◐ key     OPENAI_API_KEY is not set
          needed: to ask GPT
          fix:    export OPENAI_API_KEY=…
○ python  no numpy
          needed: numpy
          fix:    scripts/setup

○ Missing: python.
◐ marks what Arcloom can work without.`)
})

test('all is well when nothing required is missing', () => {
  expect(renderChecks([node], undefined)).toContain('● Everything required is installed.')
})

test.each([
  ['100 columns', undefined, 100],
  ['a narrow terminal', 40, 40],
  ['no more than 100 columns of a wide one', 200, 100],
])('fits %s, but never breaks a line meant to be copied', (_name, terminalColumns, width) => {
  const words = 'word '.repeat(60).trim()
  const mend = `export ARCLOOM_DATA_DIR=/${'long/'.repeat(30)}`
  const configuration = {
    project: '/p',
    data_folder: '/d',
    models_files: ['/p/models.json'],
    env_file: null,
    set_by: { environment: words.split(' '), env_file: [] },
  }
  const lines = renderChecks(
    [missing({ name: 'disk', needed: words, found: words, mend })],
    configuration,
    terminalColumns,
  ).split('\n')
  expect(lines).toContainEqual(expect.stringContaining(mend))
  const wrapped = lines.filter((line) => !line.includes(mend))
  for (const line of wrapped) expect(line.length).toBeLessThanOrEqual(width)
})
