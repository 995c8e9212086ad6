import { expect, test } from '@jest/globals'
import { createSandboxOnDemand, SandboxBusy } from './create-sandbox-on-demand.ts'
import { SandboxUnavailable, type Sandbox } from './sandbox.ts'

/** Counts how often a sandbox is opened and closed. */
function countSandboxes({ fails = 0, idleMs = 60_000, maxUsers = 2 } = {}) {
  const counts = { opened: 0, closed: 0 }
  const closed = Promise.withResolvers<void>()
  const open = async (): Promise<Sandbox> => {
    counts.opened += 1
    if (counts.opened <= fails) throw new SandboxUnavailable('Nothing here.', 'install it')
    return {
      facts: { level: 'bwrap', landlock: '6', clock: 'virtual', python: '', pythonVersion: '', numpyVersion: '' },
      withstood: [],
      run: () => Promise.reject(new Error('No program is run here.')),
      async close() {
        counts.closed += 1
        closed.resolve()
      },
    }
  }
  return { counts, closed: closed.promise, sandbox: createSandboxOnDemand({ open, idleMs, maxUsers }) }
}

const nothing = async () => undefined

test('one sandbox serves all callers while it is open', async () => {
  const { counts, sandbox } = countSandboxes()
  await Promise.all([sandbox.use(nothing), sandbox.use(nothing)])
  await sandbox.use(nothing)
  expect(counts).toEqual({ opened: 1, closed: 0 })
  await sandbox.close()
  expect(counts).toEqual({ opened: 1, closed: 1 })
})

test('it closes when nobody has used it for a while, and opens again', async () => {
  const { counts, closed, sandbox } = countSandboxes({ idleMs: 1 })
  await sandbox.use(nothing)
  await closed
  await sandbox.use(nothing)
  expect(counts.opened).toBe(2)
})

test('it stays open while it is used', async () => {
  const { counts, sandbox } = countSandboxes({ idleMs: 0 })
  await sandbox.use(async () => {
    await sandbox.use(nothing)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(counts.closed).toBe(0)
  })
})

test('a failed start is retried', async () => {
  const { counts, sandbox } = countSandboxes({ fails: 1 })
  await expect(sandbox.use(nothing)).rejects.toThrow(SandboxUnavailable)
  await sandbox.use(nothing)
  expect(counts.opened).toBe(2)
})

test('too many callers at once are refused, not kept waiting', async () => {
  const { sandbox } = countSandboxes({ maxUsers: 1 })
  await sandbox.use(() => expect(sandbox.use(nothing)).rejects.toThrow(SandboxBusy))
  await sandbox.use(nothing)
})
