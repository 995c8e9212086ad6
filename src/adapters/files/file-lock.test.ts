import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { closeAfterEach } from '../../../test/support/close-after-each.ts'
import { LockHeld, tryLock, withLock } from './file-lock.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-lock-'))
  path = join(folder, 'lock')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const closeAfter = closeAfterEach()

/** Runs code in its own process, with the lock module imported. */
function spawnWithLock(code: string): ChildProcess {
  const module = new URL('file-lock.ts', import.meta.url).href
  const script = `const { tryLock, withLock } = await import(${JSON.stringify(module)}); const path = ${JSON.stringify(path)};`
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script + code],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  void closeAfter(child)
  return child
}

describe('a file lock', () => {
  test('is exclusive within a process, and free again after release', () => {
    const first = tryLock(path)
    expect(first).toBeDefined()
    expect(tryLock(path)).toBeUndefined()
    first?.release()
    const second = tryLock(path)
    expect(second).toBeDefined()
    second?.release()
  })

  test('leaves no file behind', () => {
    const lock = tryLock(path)
    expect(readdirSync(folder)).toEqual(['lock'])
    lock?.release()
    lock?.release()
    expect(readdirSync(folder)).toEqual([])
  })

  test('is released by the kernel when the holder is killed', async () => {
    const holder = spawnWithLock('tryLock(path); console.log("locked"); setInterval(() => {}, 1000)')
    const exited = once(holder, 'exit')
    if (!holder.stdout) throw new Error('stdout is piped')
    await once(holder.stdout, 'data')
    expect(tryLock(path)).toBeUndefined()
    holder.kill('SIGKILL')
    await exited
    const lock = tryLock(path)
    expect(lock).toBeDefined()
    lock?.release()
  })

  test('lets one process work at a time, although each removes the file', async () => {
    const log = join(folder, 'log')
    const code = `
      const { appendFileSync } = await import('node:fs')
      for (let turn = 0; turn < 50; turn += 1)
        await withLock(path, () => { appendFileSync(${JSON.stringify(log)}, '('); appendFileSync(${JSON.stringify(log)}, ')') }, { waitMs: 60000 })`
    appendFileSync(log, '')
    const exits = await Promise.all([1, 2, 3].map(() => once(spawnWithLock(code), 'exit')))
    expect(exits).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ])
    expect(readFileSync(log, 'utf8')).toBe('()'.repeat(150))
    expect(readdirSync(folder)).toEqual(['log'])
  })

  test('names the file when waiting timed out, and is released when the work fails', async () => {
    const lock = tryLock(path)
    await expect(withLock(path, () => 1, { waitMs: 20 })).rejects.toThrow(new LockHeld(path, 20))
    lock?.release()
    const broken = withLock(path, () => Promise.reject(new Error('broke')), { waitMs: 20 })
    await expect(broken).rejects.toThrow('broke')
    expect(await withLock(path, () => 1, { waitMs: 20 })).toBe(1)
  })
})
