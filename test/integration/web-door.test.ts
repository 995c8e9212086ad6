import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { findFreePort } from '../support/find-free-port.ts'
import { beginClient } from '../support/run-client.ts'

let dataDir: string
const begun: ReturnType<typeof beginClient>[] = []
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'arcloom-web-'))
})
afterEach(async () => {
  for (const web of begun) web.kill('SIGTERM')
  await Promise.all(begun.splice(0).map(({ ended }) => ended))
  await rm(dataDir, { recursive: true })
})

/** @returns its first output, which says where it listens */
async function serve(...flags: string[]): Promise<{ readonly port: number; readonly line: string }> {
  const port = await findFreePort()
  const web = beginClient(['web', ...flags], {
    ...process.env,
    ARCLOOM_DATA_DIR: dataDir,
    ARCLOOM_WEB_PORT: String(port),
  })
  begun.push(web)
  const [line] = (await once(web.stdout!, 'data')) as [string]
  return { port, line }
}

test('arcloom web --host requires the token', async () => {
  const { port, line } = await serve('--host', '0.0.0.0')
  const [, token = ''] = /\?token=([\w-]{43})/.exec(line) ?? []
  const url = `http://127.0.0.1:${port}`
  expect(line).toContain(`${url}/?token=${token}`)
  expect((await fetch(url)).status).toBe(401)
  expect((await fetch(`${url}/api/tasks`)).status).toBe(401)
  const welcome = await fetch(`${url}/?token=${token}`)
  const cookie = welcome.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect((await fetch(`${url}/api/tasks`, { headers: { cookie } })).status).toBe(200)
})

test('arcloom web --token requires it on the loopback interface too, for use behind a proxy', async () => {
  const { port, line } = await serve('--token')
  expect(line).toContain(`http://127.0.0.1:${port}/?token=`)
  expect((await fetch(`http://127.0.0.1:${port}/api/tasks`)).status).toBe(401)
})

test.each(['arc.example', '0.0.0.0:80'])('--host %s is refused with an explanation', async (host) => {
  const { code, stderr } = await beginClient(['web', '--host', host], { ...process.env, ARCLOOM_DATA_DIR: dataDir })
    .ended
  expect(code).toBe(2)
  expect(stderr).toMatch(/--host.*an IP address of this machine/s)
})

test('an address that this machine does not have is named', async () => {
  const { code, stderr } = await beginClient(['web', '--host', '203.0.113.1'], {
    ...process.env,
    ARCLOOM_DATA_DIR: dataDir,
    ARCLOOM_WEB_PORT: String(await findFreePort()),
  }).ended
  expect(code).toBe(5)
  expect(stderr).toContain('this machine has no such address')
})

test('two servers over one data folder lose nothing of what both write at once', async () => {
  const servers = await Promise.all([serve(), serve()])
  const count = 12
  const written = servers.flatMap(({ port }, server) =>
    Array.from({ length: count }, async (_, index) => {
      const post = (path: string, body: object) =>
        fetch(`http://127.0.0.1:${port}/api/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      const person = `person ${server} ${index}`
      const key = await firstTask(port)
      const results = await Promise.all([
        post('traces', { task: key, person, text: `of ${server} ${index}` }),
        post(`tasks/${key}/versions?steps=permute-${orderSymbols(server * count + index)}`, { person }),
        post(`tasks/${key}/submissions`, { test: 0, grid: [[0]], person }),
      ])
      return results.map(({ status }) => status)
    }),
  )
  for (const statuses of await Promise.all(written)) expect(statuses).toEqual([201, 200, 200])
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(dataDir, name), 'utf8'))
  const dataset = (await read('dataset.json')) as { version: number; signed_by: string[] }[]
  expect(dataset.flatMap(({ signed_by }) => signed_by)).toHaveLength(2 * count)
  const numbers = dataset.map(({ version }) => version)
  expect(new Set(numbers).size).toBe(numbers.length)
  const traces = Object.values((await read('traces_store.json')) as Record<string, { text: string }[]>).flat()
  expect(new Set(traces.map(({ text }) => text).filter((text) => text.startsWith('of '))).size).toBe(2 * count)
  const { people } = (await read('progress.json')) as { people: object }
  expect(Object.keys(people)).toHaveLength(2 * count)
})

test('an endless body is cut off, and the server continues', async () => {
  const { port } = await serve()
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.on('error', () => undefined) // when it is cut off
  socket.write(
    `POST /api/traces HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
  )
  const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`
  const closed = new Promise((resolve) => socket.once('close', resolve))
  let answer = ''
  socket.on('data', (data: Buffer) => (answer += data.toString()))
  const send = () => {
    while (socket.writable && socket.write(chunk)) continue
  }
  socket.on('drain', send)
  send()
  await closed
  // What was in transit may be lost when the connection is cut.
  expect(answer).toMatch(/^(HTTP\/1\.1 413|$)/)
  expect((await fetch(`http://127.0.0.1:${port}/api/tasks`)).status).toBe(200)
})

async function firstTask(port: number): Promise<string> {
  const { tasks } = (await (await fetch(`http://127.0.0.1:${port}/api/tasks`)).json()) as { tasks: { key: string }[] }
  return tasks[0]?.key ?? ''
}

/** A different order of the symbols for each number below 72. */
function orderSymbols(number: number): string {
  const rest = Array.from({ length: 9 }, (_, index) => index + 1)
  const first = rest.splice(number % 9, 1)
  const second = rest.splice(Math.floor(number / 9) % 8, 1)
  return ['0', ...first, ...second, ...rest].join('')
}
