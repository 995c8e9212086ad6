import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { judgeImport } from './judge-import.ts'
import { findRoom, rooms } from './rooms.ts'

const judge = (file: string, source: string, typeOnly = false) => judgeImport({ file, source, typeOnly })

describe('judgeImport', () => {
  test('allows what the table names, and everything within a room', () => {
    expect(judge('src/client/start-run.ts', '../domain/runs/run.ts')).toBeUndefined()
    expect(judge('src/client/start-run.ts', '../workflows/messages.ts')).toBeUndefined()
    expect(judge('src/domain/runs/run.ts', '../tasks/task.ts')).toBeUndefined()
    expect(judge('src/stack/main.ts', 'node:fs/promises')).toBeUndefined()
    expect(judge('src/client/connect.ts', '@temporalio/common/lib/time.js')).toBeUndefined()
  })

  test.each([
    ['src/domain/tasks/task.ts', 'node:fs', /src\/domain may not import node:\*.*allowed there: nothing/],
    ['src/domain/tasks/task.ts', 'a-new-package', /may not import a-new-package/],
    ['src/domain/tasks/task.ts', '../../report/render-report.ts', /may not import src\/report/],
    ['src/client/start-run.ts', '../workflows/task.ts', /may import only types from src\/workflows\/task\.ts/],
    ['src/api/create-app.ts', '../client/connect.ts', /may not import src\/client\/connect\.ts/],
    ['web/src/gallery/Gallery.tsx', '../task/TaskPage.tsx', /may not import web\/src\/task/],
    ['web/src/grid/Grid.tsx', '../App.tsx', /may not import web\/src\/App\.tsx/],
  ])('refuses in %s: %s', (file, source, words) => {
    expect(judge(file, source)).toMatch(words)
  })

  test('allows types alone where the table says so', () => {
    expect(judge('src/workflows/task.ts', '../activities/create-activities.ts', true)).toBeUndefined()
    expect(judge('src/workflows/task.ts', '../activities/create-activities.ts')).toMatch(/write `import type`/)
  })

  test('knows the room of every name that the table mentions', () => {
    const mentioned = Object.values(rooms).flatMap(({ imports, types = [] }) => [...imports, ...types])
    expect(mentioned.filter((name) => findRoom(name) === undefined)).toEqual([])
  })

  test('allows no package that Arcloom does not depend on', async () => {
    const packages = new Set(Object.values(rooms).flatMap((room) => room.packages))
    const { dependencies } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
      readonly dependencies: object
    }
    const installed = ['node:*', ...Object.keys(dependencies)]
    expect([...packages].filter((name) => !installed.includes(name))).toEqual([])
  })
})

test('docs/architecture.md shows the table as it is', async () => {
  const text = await readFile(new URL('../docs/architecture.md', import.meta.url), 'utf8')
  const rows = text
    .split('\n')
    .filter((line) => /^\| `(?:src|web)\//.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  expect(rows).toEqual(
    Object.entries(rooms).map(([name, { holds, imports, types = [], packages }]) => [
      `\`${name}\``,
      holds,
      showNames(imports, types),
      packages.join(', '),
    ]),
  )
})

/** Below `src/` names are short; those in italics may be imported as types alone. */
function showNames(imports: readonly string[], types: readonly string[]): string {
  const short = (name: string) => name.replace(/^src\//, '').replace(/^web\/src\//, 'web/')
  return [...imports.map(short), ...types.map((name) => `_${short(name)}_`)].join(', ')
}
