import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const source = join(import.meta.dirname, '..')

test('nothing outside the store touches the files of runs: other storage is chosen in one place', async () => {
  const files = (await readdir(source, { recursive: true })).filter((name) => /(?<!\.test)\.ts$/.test(name))
  const opening: string[] = []
  for (const name of files) {
    const text = await readFile(join(source, name), 'utf8')
    if (/stores\/file-blobs\.ts'|join\([^)]*'runs'|(?<!\/api)\/runs\/\$\{/.test(text)) opening.push(name)
  }
  // Discussions are kept in a folder of their own.
  expect(opening.toSorted()).toEqual(['api/discussions/open-discussions.ts', 'runs/open-run-store.ts'])
})
