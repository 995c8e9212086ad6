import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readOwnIdentity } from './process-identity.ts'
import { describeWorker, listWorkersOfOtherCode, locateNote, type WorkerNote } from './worker-notes.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcloom-notes-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const living = readOwnIdentity()
const dead = { ...living, startTime: '1' }

function put(note: WorkerNote, { ageSeconds = 0 } = {}) {
  const path = locateNote(folder, note.identity)
  writeFileSync(path, JSON.stringify(note))
  const at = Date.now() / 1000 - ageSeconds
  utimesSync(path, at, at)
}

describe('workers with other code', () => {
  test.each<[string, WorkerNote, number]>([
    ['one on this machine', { identity: living, host: hostname(), code: 'old' }, 0],
    ['one of a version that did not record its code', { identity: living }, 0],
    ['one on another machine, seen a moment ago', { identity: dead, host: 'elsewhere', code: 'old' }, 60],
  ])('include %s', (_, note, ageSeconds) => {
    put(note, { ageSeconds })
    expect(listWorkersOfOtherCode(folder, 'new')).toEqual([note])
  })

  test.each<[string, WorkerNote, number]>([
    ['one with the same code', { identity: living, host: hostname(), code: 'new' }, 0],
    ['a dead one', { identity: dead, host: hostname(), code: 'old' }, 0],
    ['one on another machine that has gone silent', { identity: living, host: 'elsewhere', code: 'old' }, 600],
  ])('do not include %s', (_, note, ageSeconds) => {
    put(note, { ageSeconds })
    expect(listWorkersOfOtherCode(folder, 'new')).toEqual([])
  })

  test('are none when there is no worker, or a note is half written', () => {
    expect(listWorkersOfOtherCode(join(folder, 'nowhere'), 'new')).toEqual([])
    writeFileSync(locateNote(folder, living), '{"iden')
    expect(listWorkersOfOtherCode(folder, 'new')).toEqual([])
  })

  test.each(['null', '[]', '{}', '{"identity":{"pid":1}}', '{"identity":"1-1","host":"elsewhere"}'])(
    'ignore a file of another shape: %s',
    (text) => {
      writeFileSync(locateNote(folder, living), text)
      expect(listWorkersOfOtherCode(folder, 'new')).toEqual([])
    },
  )
})

test('a worker is named by its process and machine', () => {
  const identity = { ...living, pid: 4711 }
  expect(describeWorker({ identity })).toBe('process 4711 on this machine')
  expect(describeWorker({ identity, host: 'elsewhere' })).toBe('process 4711 on elsewhere')
})
