import { describe, expect, test } from '@jest/globals'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TaskPairs } from '../../src/domain/task.ts'
import { fingerprintTask, shareHalf } from '../../src/domain/transforms/are-kin.ts'

const pathOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const official = pathOf('../shared/arc')
const ours = readPrinted(pathOf('data/tasks'))

interface Printed {
  readonly name: string
  readonly prints: readonly string[]
}

function readPrinted(folder: string): Printed[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  return names.map((name) => {
    const task = JSON.parse(readFileSync(join(folder, name), 'utf8')) as TaskPairs // These files are known to be tasks.
    return { name, prints: fingerprintTask(task) }
  })
}

function listKin(others: readonly Printed[]): string[] {
  const kinOf = (a: Printed) => others.filter((b) => b.name !== a.name && shareHalf(a.prints, b.prints))
  return ours.flatMap((a) => kinOf(a).map((b) => `${a.name} is kin to ${b.name}`))
}

describe('no shipped task is kin', () => {
  test('to another', () => expect(listKin(ours)).toEqual([]))

  const testOfficial = existsSync(official) ? test : test.skip
  testOfficial('to an official one (skipped where ../shared/arc is absent)', () =>
    expect(listKin(readPrinted(official))).toEqual([]),
  )
})
