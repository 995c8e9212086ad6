import { describe, expect, test } from '@jest/globals'
import { buildPairs } from '../../../test/support/build-run.ts'
import type { DatasetEntry } from './dataset-entry.ts'
import { mergeDatasets } from './merge-datasets.ts'

const entry = (task_id: string, version: number, more: object = {}): DatasetEntry => {
  return { task_id, version, ...buildPairs(version), signed_by: [], ...more }
}
const empty = { name: 'removed', entries: [] }
const merge = (start: DatasetEntry[], ...sources: DatasetEntry[][]) =>
  mergeDatasets(
    { name: 'start', entries: start },
    empty,
    sources.map((entries, index) => ({ name: `file ${index}`, entries })),
  )

describe('mergeDatasets', () => {
  test('merges signers, and keeps one entry per task and version, with all its fields', () => {
    const ours = entry('a', 0, { signed_by: ['ann', 'bob'], own: 1, note: 'ours' })
    const theirs = entry('a', 0, { signed_by: ['bob', 'cyd'], note: 'theirs', more: 2 })
    const { entries, sources, conflicts } = merge([ours], [theirs, entry('a', 1)], [entry('b', 0)])
    expect(entries).toEqual([{ ...ours, more: 2, signed_by: ['ann', 'bob', 'cyd'] }, entry('a', 1), entry('b', 0)])
    expect(sources).toEqual([
      { name: 'file 0', added: 1, present: 1, signed: 1, removed: 0 },
      { name: 'file 1', added: 1, present: 0, signed: 0, removed: 0 },
    ])
    expect(conflicts).toEqual([])
  })

  test('adds nothing the second time', () => {
    const file = [entry('a', 0, { signed_by: ['ann'] }), entry('a', 1)]
    const once = merge([], file)
    const twice = merge([...once.entries], file, file)
    expect(twice.entries).toEqual(once.entries)
    expect(twice.sources.map(({ added, signed }) => [added, signed])).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  test('names both files when one name has two contents', () => {
    const other = entry('a', 1, buildPairs(7))
    expect(merge([entry('a', 1)], [other]).conflicts).toEqual([
      { task_id: 'a', version: 1, sources: ['start', 'file 0'] },
    ])
    expect(merge([], [entry('a', 1)], [other]).conflicts).toEqual([
      { task_id: 'a', version: 1, sources: ['file 0', 'file 1'] },
    ])
  })

  test('neither brings back a removed version nor reuses its number', () => {
    const removed = { name: 'removed', entries: [entry('a', 1)] }
    const start = { name: 'start', entries: [] }
    const again = mergeDatasets(start, removed, [{ name: 'file', entries: [entry('a', 1), entry('a', 2)] }])
    expect(again.entries).toEqual([entry('a', 2)])
    expect(again.sources).toMatchObject([{ added: 1, removed: 1 }])
    const other = mergeDatasets(start, removed, [{ name: 'file', entries: [entry('a', 1, buildPairs(7))] }])
    expect(other.conflicts).toEqual([{ task_id: 'a', version: 1, sources: ['removed', 'file'] }])
  })
})
