import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readOwnIdentity } from '../../src/adapters/process-identity.ts'
import { locateNote } from '../../src/adapters/worker-notes.ts'
import { partNames } from '../../src/stack/parts/part.ts'
import { isListening } from '../../src/stack/ports/is-listening.ts'
import { listStackFiles } from '../../src/stack/state/stack-files.ts'
import { withTemporal } from '../../src/stack/with-temporal.ts'
import { createTestStack, until, type TestStack } from '../support/stack/create-test-stack.ts'

function checkpoint(path: string): void {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

let stack: TestStack

beforeEach(async () => {
  stack = await createTestStack()
})

afterEach(() => stack.dispose())

const pids = () => partNames.map((name) => stack.partPid(name))

const waitUntilUp = () => until(() => stack.status().state === 'up')

describe('starting the stack', () => {
  test('starts everything or joins what is running, and down leaves nothing', async () => {
    const first = await stack.ensure(true)
    const lines = stack.lines.length
    const second = await stack.ensure()
    expect({ ...second, release: first.release }).toEqual(first)
    expect(stack.lines).toHaveLength(lines)
    await Promise.all([first.release(), second.release()])
    expect(stack.status().state).toBe('up')

    expect(await stack.stop()).toEqual({ wasUp: true })
    expect(stack.listProcesses()).toEqual([])
    expect(stack.listRemains()).toEqual([])
    expect(await stack.stop()).toEqual({ wasUp: false })
  })

  test('from several commands at once starts one supervisor', async () => {
    const stacks = await Promise.all([stack.ensure(), stack.ensure(), stack.ensure()])
    await until(() => stack.listProcesses().length === 1 + partNames.length)
    expect(new Set(stacks.map(({ temporalAddress }) => temporalAddress)).size).toBe(1)
  })

  test('keeps histories for thirty days', async () => {
    const { temporalAddress, namespace } = await stack.ensure()
    const description = await withTemporal({ address: temporalAddress }, ({ workflowService }) =>
      workflowService.describeNamespace({ namespace }),
    )
    expect(Number(description.config?.workflowExecutionRetentionTtl?.seconds)).toBe(720 * 3600)
  })

  test('puts every process out of reach of a Ctrl-C in the terminal', async () => {
    await stack.ensure()
    const all = [...pids(), stack.supervisorPid()]
    const groups = all.map((pid) =>
      Number(execFileSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' })),
    )
    expect(groups).toEqual(all)
  })
})

describe('kill -9', () => {
  test.each(partNames)('of the %s: it is restarted, and the others continue', async (name) => {
    await stack.ensure()
    const before = pids()
    process.kill(stack.partPid(name), 'SIGKILL')
    await until(() => stack.status().status?.parts[name]?.restarts === 1)
    await waitUntilUp()
    expect(pids().map((pid, index) => pid === before[index])).toEqual(partNames.map((other) => other !== name))
  })

  test('of the supervisor: the next command brings it back, and it adopts the living parts', async () => {
    await stack.ensure(true)
    const before = { parts: pids(), supervisor: stack.supervisorPid() }
    process.kill(before.supervisor, 'SIGKILL')
    await until(() => stack.status().state === 'unsupervised')
    await stack.ensure()
    expect(pids()).toEqual(before.parts)
    expect(stack.supervisorPid()).not.toBe(before.supervisor)

    process.kill(stack.partPid('worker'), 'SIGKILL')
    await until(() => stack.status().status?.parts.worker?.restarts === 1)
    await waitUntilUp()
  })

  test('of the supervisor: down ends the parts it left', async () => {
    const { release } = await stack.ensure(true)
    await release()
    process.kill(stack.supervisorPid(), 'SIGKILL')
    await until(() => stack.status().state === 'unsupervised')
    expect(await stack.stop()).toEqual({ wasUp: true })
    expect(stack.listProcesses()).toEqual([])
    expect(stack.listRemains()).toEqual([])
  })

  test('of everything, followed at once by a command: it starts everything again with its data', async () => {
    const before = await stack.ensure(true)
    for (let nth = 0; nth < 3; nth += 1) {
      for (const pid of [stack.supervisorPid(), ...pids()]) process.kill(pid, 'SIGKILL')
      expect(await stack.ensure(true)).toMatchObject({ ...before, release: expect.anything() })
      expect(stack.listProcesses()).toHaveLength(1 + partNames.length)
    }
  })

  test('of a part, followed at once by a command: it waits until the part is back', async () => {
    await stack.ensure(true)
    for (const name of partNames) {
      const pid = stack.partPid(name)
      process.kill(pid, 'SIGKILL')
      await stack.ensure(true)
      expect(stack.partPid(name)).not.toBe(pid)
    }
  })

  test('of the supervisor that a command has just started: the command starts another', async () => {
    const starting = stack.ensure(true)
    await until(() => stack.supervisorPid() !== 0)
    process.kill(stack.supervisorPid(), 'SIGKILL')
    await starting
    expect(stack.status().state).toBe('up')
  })
})

describe('stopping by itself', () => {
  test('happens when the last command is killed, and leaves nothing', async () => {
    const client = await stack.hold()
    const own = await stack.ensure()
    await own.release()
    client.kill('SIGKILL')
    await until(() => stack.listProcesses().length === 0)
    expect(stack.listRemains()).toEqual([])
  })

  test('waits for open runs', async () => {
    const folder = join(stack.config.dataDir, 'runs', 'a-run')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'state.json'), '{"state": "running"}')
    const { release } = await stack.ensure()
    await release()
    // Its worker dies and comes back: the supervisor has checked many times since.
    process.kill(stack.partPid('worker'), 'SIGKILL')
    await until(() => stack.status().status?.parts.worker?.restarts === 1)
    await waitUntilUp()
    writeFileSync(join(folder, 'state.json'), '{"state": "complete"}')
    await until(() => stack.listProcesses().length === 0)
    expect(stack.listRemains()).toEqual([])
  })
})

describe('a server database that is', () => {
  const damages: readonly (readonly [string, (path: string) => void])[] = [
    ['garbled', (path) => writeFileSync(path, 'x'.repeat(50_000))],
    ['truncated', (path) => truncateSync(path, statSync(path).size / 2)],
    ['emptied', (path) => truncateSync(path, 0)],
    ['a folder', (path) => (rmSync(path), mkdirSync(path))],
  ]
  test.each(damages)('%s is moved aside, a new one created, and both reported', async (_, damage) => {
    await stack.ensure(true)
    await stack.stop()
    const [name = ''] = readdirSync(stack.config.stateDir).filter((name) => /^temporal-.*\.db$/.test(name))
    const path = join(stack.config.stateDir, name)
    // SQLite repairs by itself whatever the write-ahead log holds.
    checkpoint(path)
    damage(path)
    expect(await stack.ensure(true)).toMatchObject({ isServerEmpty: true })
    expect(stack.lines).toContainEqual(
      expect.stringMatching(/^The Temporal server's database was damaged .*It was moved to/),
    )
    expect(readdirSync(stack.config.stateDir)).toContainEqual(expect.stringMatching(/^temporal-.*\.db\.damaged-/))
    await stack.stop()
    expect(await stack.ensure(true)).toMatchObject({ isServerEmpty: false })
  })
})

describe('obstacles', () => {
  const listen = async (port: number) => {
    const stranger = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1')
    await once(stranger, 'listening')
    return stranger
  }

  test.each([
    ['the server', 'temporal', 'temporalAddress'],
    ["the server's UI", 'temporalUi', 'uiAddress'],
    ['the baseline', 'baseline', 'baselineUrl'],
    ['the page', 'web', 'pageUrl'],
  ] as const)('a program on the port of %s: another port is used, and named', async (_, name, address) => {
    const port = stack.config.ports[name]
    const stranger = await listen(port)
    try {
      const { [address]: found = '' } = await stack.ensure(true)
      expect(found).not.toContain(`:${port}`)
      const other = /:(\d+)/.exec(found.replace('http://', ''))?.[1]
      expect(stack.lines).toContainEqual(
        expect.stringMatching(`^Port ${port} is taken by another program.* ${other}\\.$`),
      )
      await until(() => isListening(Number(other)))
    } finally {
      stranger.close()
    }
  })

  test('a part that a command does not need neither stops it nor is waited for', async () => {
    const broken = await createTestStack({ STAND_IN_PAGE_FAILURE: 'no page today' })
    try {
      await broken.ensure(false, ['server', 'worker'])
      await expect(broken.ensure()).rejects.toThrow('The page cannot be started')
    } finally {
      await broken.dispose()
    }
  })

  test('a worker that cannot start is reported in its own words', async () => {
    const broken = await createTestStack({ STAND_IN_FAILURE: 'numpy is missing' })
    try {
      await expect(broken.ensure()).rejects.toThrow('The worker cannot be started: numpy is missing')
    } finally {
      await broken.dispose()
    }
  })
})

describe('a server that is already running', () => {
  test('is used, and neither started, changed nor stopped', async () => {
    const { temporalAddress } = await stack.ensure()
    const serverPid = stack.partPid('server')
    const guest = await createTestStack({ ARCLOOM_TEMPORAL_PORT: String(stack.config.ports.temporal) })
    try {
      expect(await guest.ensure()).toMatchObject({ temporalAddress, uiAddress: undefined })
      expect(guest.status().status?.parts.server).toMatchObject({ state: 'external' })
      await guest.stop()
      expect(guest.listProcesses()).toEqual([])
      expect(stack.partPid('server')).toBe(serverPid)
    } finally {
      await guest.dispose()
    }
  })

  test('but does not answer is named', async () => {
    const guest = await createTestStack({ TEMPORAL_ADDRESS: `127.0.0.1:${stack.config.ports.temporal}` })
    try {
      await expect(guest.ensure()).rejects.toThrow(
        `The Temporal server at 127.0.0.1:${stack.config.ports.temporal}, which Arcloom did not start, does not answer`,
      )
    } finally {
      await guest.dispose()
    }
  })
})

describe('down', () => {
  test('waits for calls in flight, and down --now beside it cuts them off', async () => {
    const busy = await createTestStack({ STAND_IN_DRAIN_MS: '600000' })
    try {
      await busy.ensure()
      const waiting = busy.stop()
      await until(() => busy.status().status?.parts.worker?.state === 'ending')
      expect(busy.status()).toMatchObject({ state: 'ending', status: { parts: { server: { state: 'running' } } } })
      await busy.stop(true)
      expect(await waiting).toEqual({ wasUp: true })
      expect(busy.listProcesses()).toEqual([])
    } finally {
      await busy.dispose()
    }
  })

  test('lets a worker finish that does so in time', async () => {
    const busy = await createTestStack({ STAND_IN_DRAIN_MS: '300' })
    try {
      const { release } = await busy.ensure(true)
      await release()
      await busy.stop()
      expect(busy.lines).toContain('worker: ending')
      expect(busy.listRemains()).toEqual([])
    } finally {
      await busy.dispose()
    }
  })
})

describe('a worker of another version of Arcloom', () => {
  const worker = (pid: number) => expect.objectContaining({ identity: expect.objectContaining({ pid }) })

  test('is restarted when nobody uses it', async () => {
    const old = await createTestStack({ STAND_IN_CODE: 'old' })
    try {
      const { release } = await old.ensure(true)
      await release()
      const pid = old.partPid('worker')
      const { release: releaseAgain } = await old.ensureOfThisVersion('renew-unused')
      await releaseAgain()
      expect(old.status().status?.parts.worker).not.toEqual(worker(pid))
      expect(old.lines).toContainEqual(expect.stringMatching(/^worker: runs another version/))
    } finally {
      await old.dispose()
    }
  })

  test('that was started by hand is named, and blocks only commands that start runs', async () => {
    await stack.ensure()
    const folder = listStackFiles(stack.config).ready
    const identity = readOwnIdentity()
    writeFileSync(locateNote(folder, identity), JSON.stringify({ identity, host: hostname(), code: 'old' }))
    await expect(stack.ensureOfThisVersion('renew-unused')).rejects.toMatchObject({
      name: 'StackFailed',
      message: expect.stringContaining(`process ${process.pid} on this machine`),
      mend: expect.stringContaining('npx arcloom worker'),
    })
    await stack.ensureOfThisVersion('leave')
    rmSync(locateNote(folder, identity))
    await stack.ensureOfThisVersion('renew-unused')
  })

  test('is refused while others use it, left alone by commands that can use it, and restarted by `up`', async () => {
    const old = await createTestStack({ STAND_IN_CODE: 'old' })
    try {
      await old.ensure()
      const pid = old.partPid('worker')
      await expect(old.ensureOfThisVersion('renew-unused')).rejects.toMatchObject({
        name: 'StackFailed',
        mend: expect.stringContaining('npx arcloom up'),
      })
      await old.ensureOfThisVersion('leave')
      expect(old.partPid('worker')).toBe(pid)
      await old.ensureOfThisVersion('renew')
      expect(old.partPid('worker')).not.toBe(pid)
    } finally {
      await old.dispose()
    }
  })
})

describe('a key that the worker was started without', () => {
  test('restarts an idle stack, which then stays up as it was', async () => {
    const { release } = await stack.ensure(true)
    await release()
    const workerPid = stack.partPid('worker')
    const second = await stack.ensureWithKey('SOME_API_KEY', 'secret')
    await second.release()
    expect(stack.partPid('worker')).not.toBe(workerPid)
    const third = await stack.ensureWithKey('SOME_API_KEY', 'secret')
    await third.release()
    expect(stack.supervisorPid()).not.toBe(0)
    expect(stack.lines.filter((line) => line.includes('SOME_API_KEY'))).toHaveLength(1)
    expect(stack.lines.join()).not.toContain('secret')
  })

  test('is refused while others use the stack', async () => {
    await stack.ensure()
    const workerPid = stack.partPid('worker')
    await expect(stack.ensureWithKey('SOME_API_KEY', 'secret')).rejects.toThrow(/started without the SOME_API_KEY/)
    expect(stack.partPid('worker')).toBe(workerPid)
  })
})
