import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createSandbox } from '../../src/adapters/sandbox/create-sandbox.ts'
import { sandboxLevels } from '../../src/adapters/sandbox/open-first-zygote.ts'
import type { Sandbox } from '../../src/adapters/sandbox/sandbox.ts'
import { awaitDeath, awaitDescendants, listDescendants, type Descendant } from '../support/list-descendants.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await createSandbox({ slots: 1, limits: { cpuMsPerGrid: 60_000, programCpuMs: 60_000 } })
})

afterEach(() => sandbox.close())

const never = new AbortController().signal
const honest = 'def solve(grid): return grid'
const endless = 'def solve(grid):\n    while True: pass'

function run(code: string, signal = never) {
  return sandbox.run({ code, entryPoints: ['solve'], inputs: [[[1]]], forks: 'program' }, signal)
}

async function expectHonestAnswer() {
  expect((await run(honest)).results).toEqual([{ status: 'ok', grid: [[1]] }])
}

/** The zygote is the Python that bubblewrap started; a program is its child. */
const isPython = ({ command }: Descendant) => /^\S*python/.test(command)
const listPythons = () => listDescendants(process.pid).filter(isPython)
const awaitProgram = () => awaitDescendants(process.pid, isPython, 2)

function kill([target]: readonly Descendant[]) {
  if (!target) throw new Error('There is nobody to kill.')
  process.kill(target.pid, 'SIGKILL')
}

describe('a zygote killed from outside', () => {
  test('while idle is replaced', async () => {
    const zygotes = listPythons()
    kill(zygotes)
    await awaitDeath(zygotes)
    await expectHonestAnswer()
  })

  test('during a program is replaced, and the program retried', async () => {
    const running = run(endless)
    const first = await awaitProgram()
    kill(first)
    await awaitDeath(first)
    const second = await awaitProgram()
    kill(second)
    const { results } = await running
    expect(results).toEqual([{ status: 'crash', message: expect.stringContaining('broke twice') }])
    await expectHonestAnswer()
  })

  test('takes its program with it', async () => {
    const running = Promise.allSettled([run(endless)])
    const pythons = await awaitProgram()
    kill(pythons)
    await awaitDeath(pythons)
    await sandbox.close()
    expect(await running).toMatchObject([{ reason: { name: 'SandboxFault', kind: 'closed' } }])
  })
})

test('a program killed from outside is retried', async () => {
  const running = run(endless)
  for (let time = 0; time < 2; time += 1) {
    const program = (await awaitProgram()).slice(1)
    kill(program)
    await awaitDeath(program)
  }
  expect((await running).results).toMatchObject([{ status: 'crash' }])
})

describe('abort', () => {
  test('kills the program at once and rejects with the reason', async () => {
    const controller = new AbortController()
    const running = run(endless, controller.signal)
    const pythons = await awaitProgram()
    const reason = new Error('the run was cancelled')
    controller.abort(reason)
    await expect(running).rejects.toBe(reason)
    await awaitDeath(pythons)
    await expectHonestAnswer()
  })

  test('removes a waiting program from the queue, and does not touch the running one', async () => {
    const [first, second] = [new AbortController(), new AbortController()]
    const running = run(endless, first.signal)
    const waiting = run(endless, second.signal)
    await awaitProgram()
    second.abort('second')
    await expect(waiting).rejects.toBe('second')
    expect(listPythons()).toHaveLength(2)
    first.abort('first')
    await expect(running).rejects.toBe('first')
  })

  test('before the start runs nothing', async () => {
    await expect(run(honest, AbortSignal.abort('no'))).rejects.toBe('no')
  })
})

describe('close', () => {
  test('ends what is running and waiting, and leaves no process', async () => {
    const running = run(endless)
    const waiting = run(endless)
    const settled = Promise.allSettled([running, waiting])
    await awaitProgram()
    const processes = listDescendants(process.pid)
    await sandbox.close()
    expect(await settled).toMatchObject([
      { reason: { name: 'SandboxFault', kind: 'closed' } },
      { reason: { name: 'SandboxFault', kind: 'closed' } },
    ])
    await awaitDeath(processes)
  })
})

test('the sandbox lives in a session of its own, as an unprivileged user', async () => {
  const [bwrap, zygote] = listDescendants(process.pid)
  const [own] = listDescendants(process.ppid).filter(({ pid }) => pid === process.pid)
  expect(new Set([own?.sessionId, bwrap?.sessionId, zygote?.sessionId]).size).toBe(3)
})

test("the size of one program's answer does not shift the memory of the next program", async () => {
  const askWhereMemoryEnds = async () => {
    const code = `
import ctypes
libc = ctypes.CDLL(None)
libc.sbrk.restype = ctypes.c_void_p
def solve(grid):
    print(libc.sbrk(0))
    return grid
`
    return Number((await run(code)).printed)
  }
  const before = await askWhereMemoryEnds()
  await run(String.raw`
import os
def solve(grid): os.write(3, b'\n' * 200_000)
`)
  expect(before).toBeGreaterThan(0)
  expect(await askWhereMemoryEnds()).toBe(before)
})

test.each(sandboxLevels)('nothing survives when the worker is killed (%s)', async (level) => {
  const module = new URL('../../src/adapters/sandbox/create-sandbox.ts', import.meta.url).href
  const script = `
    const { createSandbox } = await import(${JSON.stringify(module)})
    const sandbox = await createSandbox({ slots: 1, levels: ['${level}'], limits: { cpuMsPerGrid: 60_000, programCpuMs: 60_000 } })
    await sandbox.run({ code: ${JSON.stringify(endless)}, entryPoints: ['solve'], inputs: [[[1]]], forks: 'program' }, new AbortController().signal)`
  const worker = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const pid = worker.pid ?? 0
  await awaitDescendants(pid, isPython, 2)
  const processes = listDescendants(pid)
  worker.kill('SIGKILL')
  await once(worker, 'exit')
  await awaitDeath(processes)
})
