import { expect, jest, test } from '@jest/globals'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { CallControl } from '../watch-control.ts'
import { holdBack, writePaid } from './hold-back.ts'

const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })

function openControl(change: Partial<CallControl> = {}): { said: string[]; control: CallControl } {
  const said: string[] = []
  const control = {
    signal: new AbortController().signal,
    say: (doing: string) => void said.push(doing),
    waitForLeave: async () => {},
    ...change,
  } as CallControl // No other member is used.
  return { said, control }
}

/** A disk that is full for the first few requests. */
function openFolder(times: number) {
  const log: string[] = []
  const folder = {
    findLackOfRoom: () => (times-- > 0 ? 'the disk is full' : undefined),
    appendLog: async (line: string) => void log.push((JSON.parse(line) as { message: string }).message),
  } as unknown as RunFolder
  return { folder, log }
}

test('nothing is held back while there is enough disk space', async () => {
  const { said, control } = openControl()
  const { folder, log } = openFolder(0)
  await holdBack(folder, control)
  expect([said, log]).toEqual([[], []])
})

test('a request waits until there is enough space, and heartbeats and the log say why', async () => {
  const { said, control } = openControl()
  const { folder, log } = openFolder(2)
  await holdBack(folder, control)
  expect(said).toEqual(['the disk is full', 'the disk is full'])
  expect(log).toEqual(['the disk is full', 'the disk has room again: sending requests'])
})

test('a run that ends meanwhile stops waiting', async () => {
  const { control } = openControl({ waitForLeave: () => Promise.reject(new Error('the run is ending')) })
  await expect(holdBack(openFolder(Infinity).folder, control)).rejects.toThrow('the run is ending')
})

test('an answer that was paid for is written as soon as there is space', async () => {
  const { said, control } = openControl()
  const write = jest.fn<() => Promise<void>>().mockRejectedValueOnce(full).mockResolvedValueOnce()
  await writePaid(write, control)
  expect(write).toHaveBeenCalledTimes(2)
  expect(said).toEqual(['holding an answer until the disk has room for it'])
})

test('a write that fails for another reason fails at once', async () => {
  const { control } = openControl()
  const denied = Object.assign(new Error('EACCES'), { code: 'EACCES' })
  await expect(writePaid(() => Promise.reject(denied), control)).rejects.toBe(denied)
})
