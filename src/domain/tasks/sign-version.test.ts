import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildPairs } from '../../../test/support/build-run.ts'
import type { DatasetEntry } from './dataset-entry.ts'
import { putEntry } from './put-entry.ts'
import { signVersion, type Signing } from './sign-version.ts'

const base = buildPairs(0)
const entry = (version: number, more: Partial<DatasetEntry> = {}): DatasetEntry => {
  return { task_id: 'a', version, ...buildPairs(version), signed_by: ['ann'], ...more }
}
const signing = (content: number, more: Partial<Signing> = {}): Signing => {
  const derived = content === 0 ? null : { pairs: buildPairs(content), from: { version: 0, transforms: ['t'] } }
  return { task_id: 'a', base, derived, signer: 'bob', ...more }
}

describe('signVersion', () => {
  test('numbers a version after those of its task, and records how it was made', () => {
    expect(signVersion([entry(2), entry(7, { task_id: 'b' })], [], signing(5))).toEqual({
      outcome: 'added',
      entry: { ...entry(3), ...buildPairs(5), signed_by: ['bob'], derived_from: { version: 0, transforms: ['t'] } },
    })
  })

  test('starts at 1, whether or not the base is in the file', () => {
    expect(signVersion([], [], signing(5)).entry.version).toBe(1)
    expect(signVersion([entry(0)], [], signing(5)).entry.version).toBe(1)
  })

  test('adds a signer, once, to a version with equal content', () => {
    expect(signVersion([entry(2)], [], signing(2))).toEqual({
      outcome: 'signed',
      entry: entry(2, { signed_by: ['ann', 'bob'] }),
    })
    expect(signVersion([entry(2)], [], signing(2, { signer: 'ann' })).outcome).toBe('unchanged')
  })

  test('takes transforms that lead back to the base as the base', () => {
    const back = signing(0, { derived: { pairs: base, from: { version: 0, transforms: ['t', 't'] } } })
    expect(signVersion([], [], back)).toEqual({
      outcome: 'added',
      entry: { task_id: 'a', version: 0, ...base, signed_by: ['bob'] },
    })
  })

  test('gives a removed version its number back, and never gives it to another', () => {
    expect(signVersion([entry(1)], [entry(2)], signing(2)).entry).toEqual(entry(2, { signed_by: ['ann', 'bob'] }))
    expect(signVersion([entry(1)], [entry(2)], signing(5)).entry.version).toBe(3)
  })

  test('refuses to mix two tasks with one name', () => {
    const other = signing(5, { base: buildPairs(9) })
    expect(signVersion([entry(0)], [], other)).toEqual({ outcome: 'other-task', entry: entry(0) })
  })

  test('never lets a number name two contents, in whatever order people sign, remove and restore', () => {
    const step = fc.record({ act: fc.constantFrom('sign', 'remove', 'restore'), content: fc.nat(5), at: fc.nat(5) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const names = new Map<number, string>()
        const removedEntries: DatasetEntry[] = []
        let entries: DatasetEntry[] = []
        for (const { act, content, at } of steps) {
          if (act === 'sign') {
            const signed = signVersion(entries, removedEntries, signing(content))
            entries = putEntry(entries, signed.entry)
          } else if (act === 'remove') {
            const target = entries[at]
            if (target) removedEntries.push(target)
            entries = entries.filter((other) => other !== target)
          } else {
            const back = removedEntries[at]
            if (back && entries.every(({ version }) => version !== back.version)) entries = putEntry(entries, back)
          }
          for (const { version, train } of entries) {
            const content = JSON.stringify(train)
            expect(names.get(version) ?? content).toBe(content)
            names.set(version, content)
          }
        }
        expect(new Set(entries.map(({ train }) => JSON.stringify(train))).size).toBe(entries.length)
      }),
    )
  })
})
