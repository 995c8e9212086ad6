import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from '@jest/globals'
import { closeAfterEach } from '../../test/support/close-after-each.ts'
import { isAlive, readOwnIdentity, readProcessIdentity, renderProcessIdentity } from './process-identity.ts'

const closeAfter = closeAfterEach()

/** A process that does nothing until it is killed. */
async function spawnIdle() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  void closeAfter(child)
  await once(child, 'spawn')
  return child
}

describe('process identity', () => {
  test('of this process is stable and alive', () => {
    expect(readProcessIdentity(process.pid)).toEqual(readOwnIdentity())
    expect(isAlive(readOwnIdentity())).toBe(true)
  })

  test('is dead when the process has ended', async () => {
    const child = await spawnIdle()
    const identity = readProcessIdentity(child.pid ?? 0)
    if (!identity) throw new Error('a process just started has an identity')
    expect(isAlive(identity)).toBe(true)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(isAlive(identity)).toBe(false)
    expect(readProcessIdentity(identity.pid)).toBeUndefined()
  })

  test('is dead as soon as the process is killed', async () => {
    // Each takes milliseconds to die, and is checked at once.
    for (let nth = 0; nth < 20; nth += 1) {
      const child = await spawnIdle()
      const identity = readProcessIdentity(child.pid ?? 0)
      child.kill('SIGKILL')
      expect(identity && isAlive(identity)).toBe(false)
      await once(child, 'exit')
    }
  })

  test('is dead while the parent has not yet reaped it (a zombie)', async () => {
    // The shell becomes `sleep`, which never waits for the child it inherited.
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'])
    void closeAfter(parent)
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(String(line))
    while (readProcessIdentity(pid)) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(() => process.kill(pid, 0)).not.toThrow()
  })

  test('with another start time is another process', () => {
    expect(isAlive({ ...readOwnIdentity(), startTime: '1' })).toBe(false)
  })

  test('can be used in a file name', () => {
    expect(renderProcessIdentity({ pid: 7, startTime: 'Mon Jan  5 10:00:00 2026' })).toBe('7-Mon_Jan_5_10_00_00_2026')
  })
})
