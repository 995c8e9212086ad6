import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { countInFlight, openJournal, readDeadJournals } from './journal.ts'

const attempt = (activityId: string, attempt = 1) => ({ workflowId: 'w', runId: 'r', activityId, attempt })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcloom-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Turns the journal of this process into that of a dead one. */
function bury(): void {
  const { pid } = spawnSync('true')
  const [name = ''] = readdirSync(folder)
  const [heading = '', ...lines] = readFileSync(join(folder, name), 'utf8').split('\n')
  const dead = { ...(JSON.parse(heading) as object), process: { pid, startTime: '1' } }
  writeFileSync(join(folder, name), [JSON.stringify(dead), ...lines].join('\n'))
}

describe('a journal', () => {
  test('of a living worker is not reported by others, and counts as in flight', () => {
    openJournal(folder).begin(attempt('1'))
    expect(readDeadJournals(folder)).toEqual([])
    expect(countInFlight(folder)).toBe(1)
  })

  test('of a dead worker lists what it had begun and not finished, by attempt', () => {
    const journal = openJournal(folder)
    journal.begin(attempt('ended'))
    journal.begin(attempt('in flight', 1))
    journal.begin(attempt('again', 2))
    journal.end(attempt('ended'))
    journal.end(attempt('again', 1))
    bury()
    const [dead] = readDeadJournals(folder)
    expect(dead?.inFlight).toEqual([attempt('in flight'), attempt('again', 2)])
    dead?.remove()
    expect(readDeadJournals(folder)).toEqual([])
  })

  test('may end in a torn line', () => {
    openJournal(folder).begin(attempt('1'))
    const [name = ''] = readdirSync(folder)
    appendFileSync(join(folder, name), '+{"workflowId":"w","ru')
    bury()
    expect(readDeadJournals(folder)[0]?.inFlight).toEqual([attempt('1')])
  })

  test('may hold lines of another shape, which are ignored', () => {
    openJournal(folder).begin(attempt('1'))
    const [name = ''] = readdirSync(folder)
    appendFileSync(join(folder, name), '+null\n+"text"\n+{"workflowId":"w","runId":7}\n+[]\n')
    bury()
    expect(readDeadJournals(folder)[0]?.inFlight).toEqual([attempt('1')])
  })

  const host = JSON.stringify(hostname())
  test.each(['null', '[]', '{}', `{"host":${host}}`, `{"host":${host},"process":{"pid":"1"}}`])(
    'is not a file that begins with %s',
    (line) => {
      writeFileSync(join(folder, '1-1.jsonl'), `${line}\n+${JSON.stringify(attempt('1'))}\n`)
      expect(readDeadJournals(folder)).toEqual([])
      expect(countInFlight(folder)).toBe(0)
    },
  )

  test('does not grow with what is finished', () => {
    const journal = openJournal(folder)
    journal.begin(attempt('open'))
    for (let nth = 0; nth < 20_000; nth += 1) {
      journal.begin(attempt(String(nth)))
      journal.end(attempt(String(nth)))
    }
    const [name = ''] = readdirSync(folder)
    expect(readFileSync(join(folder, name)).length).toBeLessThan(1.1 * 1024 * 1024)
    expect(countInFlight(folder)).toBe(1)
  })

  test('that disappears between listing and reading is ignored', () => {
    openJournal(folder).begin(attempt('1'))
    // A file that is listed and cannot be opened, as if it had been removed in between.
    symlinkSync(join(folder, 'gone'), join(folder, '1-1.jsonl'))
    expect(countInFlight(folder)).toBe(1)
    expect(readDeadJournals(folder)).toEqual([])
    expect(countInFlight(join(folder, 'nothing here'))).toBe(0)
  })

  const whereThereIsOne = existsSync('/dev/full') ? test : test.skip
  whereThereIsOne('that cannot be written on a full disk is written in full later', () => {
    const [name = ''] = (openJournal(folder), readdirSync(folder))
    const path = join(folder, name)
    const journal = openJournal(folder)
    rmSync(path)
    symlinkSync('/dev/full', path)
    expect(() => journal.begin(attempt('1'))).not.toThrow()
    rmSync(path)
    journal.begin(attempt('2'))
    expect(countInFlight(folder)).toBe(2)
  })

  test('is removed when its worker exits normally', () => {
    openJournal(folder).close()
    expect(readdirSync(folder)).toEqual([])
  })
})
