import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { describe, expect, test } from '@jest/globals'
import { codeRecipe } from '../../src/domain/recipes/code.ts'
import { closeAfterEach } from '../support/close-after-each.ts'

const closeAfter = closeAfterEach()

function start(...options: string[]) {
  const child = spawn(process.execPath, ['src/baseline/main.ts', ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
  void closeAfter(child)
  return child
}

async function startListening(...options: string[]) {
  const child = start(...options)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, url: `http://127.0.0.1:${(JSON.parse(line) as { listening: number }).listening}` }
}

async function readEnd(child: ReturnType<typeof start>) {
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

/** A task of the maximum size that no rule fits, so that its search takes long. */
const noise = (seed: number) =>
  Array.from({ length: 30 }, (_, y) =>
    Array.from({ length: 30 }, (_, x) => (y * y * 7 + x * x * 3 + x * y * seed) % 10),
  )
const train = Array.from({ length: 10 }, (_, seed) => ({ input: noise(seed), output: noise(seed + 1) }))

function ask(url: string, seed: number, testInput = noise(20)) {
  const messages = codeRecipe.renderMessages({ train, testInputs: [testInput] }, null)
  const body = JSON.stringify({ model: 'arcloom-baseline', messages, seed })
  return fetch(`${url}/v1/chat/completions`, { method: 'POST', body })
}

describe('the baseline process', () => {
  test('says where it listens, and exits at once when told to, even during a search', async () => {
    const { child, url } = await startListening('--baseline-seconds', '3600')
    const cut = ask(url, 0).catch(() => 'cut')
    expect((await fetch(`${url}/health`)).status).toBe(200)
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(0)
    await cut
  })

  test('answers all of fifty concurrent requests about the largest tasks', async () => {
    const { url } = await startListening('--baseline-seconds', '0.2')
    const answers = await Promise.all(Array.from({ length: 50 }, (_, seed) => ask(url, seed)))
    expect(answers.map((answer) => answer.status)).toEqual(Array(50).fill(200))
  })

  test('uses no more memory from task to task', async () => {
    const { child, url } = await startListening('--baseline-seconds', '0.2', '--concurrency', '1')
    const askAll = async (from: number) => {
      for (let seed = from; seed < from + 10; seed += 1) await (await ask(url, 0, noise(seed))).text()
      return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))?.[1]) / 1024
    }
    // The heap grows to its size with the first tasks; after that, the data of a task must be freed when it is answered.
    await askAll(100)
    const before = await askAll(200)
    const after = await askAll(300)
    expect(after - before).toBeLessThan(100)
  })

  test('names the port that is in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    void closeAfter(holder)
    await once(holder, 'listening')
    const { port } = holder.address() as AddressInfo // A TCP server has no other kind of address.
    const { code, said } = await readEnd(start('--port', String(port)))
    expect({ code, said }).toEqual({ code: 5, said: expect.stringContaining(`port ${port} is taken`) })
    expect(said.trim().split('\n')).toHaveLength(1)
  })

  test.each([
    ['--port', '70000'],
    ['--baseline-seconds', 'soon'],
    ['--concurrency', '0'],
  ])('refuses %s %s and says what is allowed', async (option, value) => {
    const { code, said } = await readEnd(start(option, value))
    expect({ code, said }).toEqual({ code: 2, said: expect.stringMatching(`${option} is "${value}".*from .* to `) })
  })
})
