import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { noteBaselineLimit } from './note-baseline-limit.ts'

const server = createServer((_, response) => response.end('{"ok":true,"seconds":5}'))
let url: string
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // A TCP server has no other kind of address.
  url = `http://127.0.0.1:${port}/v1`
})
afterAll(() => void server.close())

async function notesFor(baselineSeconds: number | undefined): Promise<string[]> {
  const notes: string[] = []
  await noteBaselineLimit({ baselineSeconds }, url, (line) => notes.push(line))
  return notes
}

test('says so when the running baseline has another limit, and what changes it', async () => {
  expect(await notesFor(2)).toEqual([
    expect.stringMatching(/already running with 5 s per request, not 2 s.*up --baseline-seconds 2/),
  ])
})

test.each([5, undefined])('says nothing when %s is asked for', async (seconds) => {
  expect(await notesFor(seconds)).toEqual([])
})
