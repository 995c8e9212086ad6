import { readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import type { RunOperations } from '../operations/create-operations.ts'
import { createApp } from './create-app.ts'
import type { Discussions } from './discussions/discussions.ts'
import { openLibrary } from './open-library.ts'

/** `GET /api/runs/:run` and `GET /api/runs/RUN` are the same. */
const withoutNames = (address: string) => address.replaceAll(/:[a-z]+|(?<=\/)[A-Z]+(?=\/|$)/g, '*')

test('docs/page-api.md names every address of the API, and no other', async () => {
  const text = await readFile(new URL('../../docs/page-api.md', import.meta.url), 'utf8')
  const documented = [...text.matchAll(/^\| (?:◆ )?`([A-Z]+ \/api\/[^`?]*)/gm)].map(([, address = '']) => address)
  const app = createApp({
    library: openLibrary({ project: '.', data: 'nowhere' }),
    readPage: async () => new Map(),
    onFault: () => undefined,
    // Only their presence counts: nothing is asked here.
    operations: {} as RunOperations,
    discussions: {} as Discussions,
  })
  const served = app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/') && !path.includes('*'))
    // A guard in front of addresses takes what comes next, too.
    .filter(({ handler }) => handler.length < 2)
    // The former name of the samples.
    .filter(({ path }) => !path.startsWith('/api/attempts'))
    .map(({ method, path }) => withoutNames(`${method} ${path}`))
  expect(new Set(documented.map(withoutNames))).toEqual(new Set(served))
})
