import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { noteBaselineLimit } from './note-baseline-limit.ts'

const server = createServer((_, response) => response.end('{"ok":true,"seconds":5}'))
const ports = { temporal: 0, temporalUi: 0, web: 0, baseline: 0 }
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ports.baseline = (server.address() as AddressInfo).port // TCP servers have no other.
})
afterAll(() => void server.close())

async function notesFor(baselineSeconds: number | undefined): Promise<string[]> {
  const notes: string[] = []
  await noteBaselineLimit({ baselineSeconds, ports }, (line) => notes.push(line))
  return notes
}

test('says so when the baseline that is up has another limit, and what changes it', async () => {
  expect(await notesFor(2)).toEqual([
    expect.stringMatching(/already up with 5 s a request, not 2 s.*up --baseline-seconds 2/),
  ])
})

test.each([5, undefined])('says nothing when %s is asked for', async (seconds) => {
  expect(await notesFor(seconds)).toEqual([])
})
