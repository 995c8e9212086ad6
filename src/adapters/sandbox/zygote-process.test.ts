import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { startZygote, type Zygote } from './zygote-process.ts'

const limits = { wallMs: 1_000, cpuMs: 1_000, memoryBytes: 1 }
const payload = { code: '', entryPoints: [], otherNames: [], inputs: [], gridsAs: 'list', chance: 'usual' } as const
const ready = `process.stdout.write(Buffer.concat([Buffer.from('ARCR'), Buffer.from([0, 0, 0, 0, 5]), Buffer.alloc(27)]));`

let started: Zygote | undefined

afterEach(async () => {
  jest.useRealTimers()
  await started?.kill()
})

/** A zygote played by a script, which gets its requests in its own format. */
async function start(script: string, file = process.execPath) {
  const zygotePath = fileURLToPath(import.meta.url)
  started = undefined
  started = await startZygote({ file, args: ['-e', script], environment: {}, zygotePath, userId: undefined })
  return started
}

describe('a zygote', () => {
  test.each([
    ['cannot be started', 'ENOENT', '', '/nowhere/bwrap'],
    ['ends at once', 'no namespace', 'console.error("no namespace"); process.exit(1)', undefined],
    ['speaks another protocol', 'No frame', 'console.log("hello ".repeat(9)); setInterval(() => {}, 1000)', undefined],
  ])('that %s did not start, and says why', async (_, evidence, script, file) => {
    await expect(start(script, file)).rejects.toMatchObject({
      kind: 'not-started',
      evidence: expect.stringContaining(evidence),
    })
  })

  test('that answers without being asked is out of step, and killed', async () => {
    const zygote = await start(`${ready} process.stdin.once('data', () => { ${ready} setInterval(() => {}, 1000) })`)
    await expect(zygote.ask(payload, limits)).rejects.toMatchObject({ kind: 'out-of-step' })
    expect(zygote.isAlive()).toBe(false)
  })

  test('that dies during a request says so', async () => {
    const zygote = await start(`${ready} process.stdin.once('data', () => process.exit(3))`)
    await expect(zygote.ask(payload, limits)).rejects.toMatchObject({
      kind: 'died',
      message: 'The sandbox ended (exit code 3)',
    })
  })

  test('that stops responding counts as hung, and is killed', async () => {
    const zygote = await start(`${ready} setInterval(() => {}, 1000)`)
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] })
    const asked = zygote.ask(payload, limits)
    jest.advanceTimersByTime(31_000)
    await expect(asked).rejects.toMatchObject({ kind: 'hung' })
    expect(zygote.isAlive()).toBe(false)
  })

  test('that cannot be sent a request does not wait for a reply', async () => {
    const zygote = await start(`${ready} setInterval(() => {}, 1000)`)
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] })
    expect(() => zygote.ask(payload, { ...limits, cpuMs: -1 })).toThrow('out of range')
    expect(jest.getTimerCount()).toBe(0)
  })

  test('that is dead rejects at once', async () => {
    const zygote = await start(`${ready} setInterval(() => {}, 1000)`)
    await zygote.kill()
    await expect(zygote.ask(payload, limits)).rejects.toMatchObject({ kind: 'closed' })
  })
})
