import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { quotePath, showFault, showFile } from './show-file.ts'

const here = process.cwd()

test.each([
  [join(here, 'a/b.json'), 'a/b.json'],
  ['a/b.json', 'a/b.json'],
  ['./a/../b.json', 'b.json'],
  [join(here, '..', 'b.json'), join(here, '..', 'b.json')],
  ['../b.json', '../b.json'],
  [here, here],
])('%s is shown as %s', (path, text) => expect(showFile(path)).toBe(text))

test('an error begins with its file as the user typed it', () =>
  expect(showFault(new MalformedInput(join(here, 'a.json'), 'line 2', 'no JSON'))).toMatch(/^a\.json at line 2/))

test.each(['a b.json', "it's.json", '$(touch x).json', 'ä;b', '-rf', 'a/b-1.json', '"quoted"', '~x'])(
  'a shell reads %s back unchanged',
  (path) => {
    const read = execFileSync('sh', ['-c', `printf %s ${quotePath(path)}`], { encoding: 'utf8' })
    expect(read.replace(/^\.\//, '')).toBe(path)
  },
)

test('a plain path is not quoted', () => expect(quotePath('a/b-1.json')).toBe('a/b-1.json'))
