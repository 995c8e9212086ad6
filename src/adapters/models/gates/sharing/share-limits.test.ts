import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { ModelLimits } from '../../../../domain/models/model-spec.ts'
import { createGateHouse, type Entry } from '../gate.ts'
import type { GateNote } from './gate-note.ts'
import type { NoteFiles } from './note-files.ts'
import { createSharing } from './share-limits.ts'

beforeEach(() => {
  jest.useFakeTimers({ now: 1e12 })
})
afterEach(() => {
  jest.useRealTimers()
})

/** Workers that share a folder of notes, in memory. */
function openFolder() {
  const notes = new Map<string, GateNote>()
  const reading: { hook?: (reader: string) => void } = {}
  const openFiles = (own: string): NoteFiles => ({
    own,
    async readOthers() {
      reading.hook?.(own)
      return new Map([...notes].filter(([name]) => name !== own))
    },
    async write(note) {
      // Long enough for requests to come meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 5))
      if (note) notes.set(own, { beat: 0, ...note })
      else notes.delete(own)
    },
  })
  return {
    notes,
    reading,
    startWorker(name: string, limits: ModelLimits, isShared = true) {
      const inside: Entry[] = []
      let entered = 0
      const house = createGateHouse({ isShared, onChange: (needsPart) => sharing.wake(needsPart) })
      const sharing = createSharing({ files: openFiles(name), houses: () => [{ place: 'p', title: 'P', house }] })
      const gate = house.open('m', limits)
      async function enter(run: string): Promise<void> {
        inside.push(await gate.enter(new AbortController().signal, { run }))
        entered += 1
      }
      return {
        sharing,
        house,
        inside,
        get entered() {
          return entered
        },
        ask(times: number, run = 'r') {
          for (let nth = 0; nth < times; nth += 1) {
            void enter(run)
          }
        },
        limitRun: (places: number | null, run = 'r') => gate.limitRun(run, places),
        leaveAll() {
          for (const entry of inside.splice(0)) entry.leave()
        },
      }
    },
  }
}

const startTwo = (folder: ReturnType<typeof openFolder>, limits: ModelLimits) =>
  [folder.startWorker('a', limits), folder.startWorker('b', limits)] as const

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms)

describe('workers of one key', () => {
  test('alone, one has the whole limit as soon as the first request comes', async () => {
    const worker = openFolder().startWorker('a', { concurrentRequests: 8 })
    worker.ask(9)
    await pass(10)
    expect(worker.inside).toHaveLength(8)
  })

  test('together keep to the limit at once, and share it within seconds', async () => {
    const folder = openFolder()
    const [a, b] = startTwo(folder, { concurrentRequests: 8 })
    a.ask(50)
    await pass(10)
    b.ask(50)
    await pass(2_000)
    expect([a.inside.length, b.inside.length]).toEqual([8, 0])
    a.leaveAll()
    await pass(2_000)
    expect([a.inside.length, b.inside.length]).toEqual([4, 4])
  })

  test('that begin in the same moment never take the same part', async () => {
    const folder = openFolder()
    const workers = ['a', 'b', 'c'].map((name) => folder.startWorker(name, { concurrentRequests: 8 }))
    for (const worker of workers) worker.ask(20)
    for (let times = 0; times < 40; times += 1) {
      await pass(100)
      expect(workers.reduce((sum, { inside }) => sum + inside.length, 0)).toBeLessThanOrEqual(8)
    }
    for (const worker of workers) worker.leaveAll()
    await pass(2_000)
    expect(workers.map(({ inside }) => inside.length).toSorted((a, b) => a - b)).toEqual([2, 3, 3])
  })

  test('count what enters while the notes are read', async () => {
    const folder = openFolder()
    const [a, b] = startTwo(folder, { concurrentRequests: 8 })
    a.ask(2)
    await pass(100)
    b.ask(8)
    await pass(20)
    folder.reading.hook = (reader) => {
      if (reader !== 'a') return
      delete folder.reading.hook
      a.ask(6)
    }
    await pass(3_000)
    expect([a.inside.length, b.inside.length]).toEqual([8, 0])
  })

  test('try again when the notes could not be read', async () => {
    const folder = openFolder()
    folder.reading.hook = () => {
      delete folder.reading.hook
      throw new Error('EIO')
    }
    const worker = folder.startWorker('a', { concurrentRequests: 8 })
    worker.ask(1)
    await pass(1_000)
    expect(worker.inside).toHaveLength(1)
  })

  test('take over what one held that is gone', async () => {
    const folder = openFolder()
    const [a, b] = startTwo(folder, { concurrentRequests: 8 })
    a.ask(50)
    await pass(10)
    b.ask(50)
    const closing = a.sharing.close()
    await pass(50)
    await closing
    folder.notes.delete('a')
    await pass(1_000)
    expect(b.inside).toHaveLength(8)
  })

  test('keep to the requests of a minute together', async () => {
    const folder = openFolder()
    const [a, b] = startTwo(folder, { requestsPerMinute: 10 })
    a.ask(50)
    b.ask(50)
    await pass(30_000)
    expect(a.entered + b.entered).toBe(10)
    await pass(31_000)
    expect(a.entered + b.entered).toBe(20)
  })

  test('keep to the limit of a run together', async () => {
    const folder = openFolder()
    const workers = ['a', 'b'].map((name) => folder.startWorker(name, {}))
    for (const worker of workers) {
      worker.limitRun(6)
      worker.ask(20)
      worker.ask(3, 'other')
    }
    await pass(3_000)
    expect(workers.reduce((sum, { inside }) => sum + inside.length, 0)).toBe(6 + 2 * 3)
  })

  test('wait when one of them is asked to', async () => {
    const folder = openFolder()
    const [a, b] = startTwo(folder, {})
    a.ask(1)
    b.ask(1)
    await pass(1_000)
    a.inside[0]?.noteFailure({ kind: 'try-again', because: 'rate-limit', reason: '429', afterMs: 20_000 })
    await pass(1_500)
    b.ask(1)
    await pass(15_000)
    expect(b.entered).toBe(1)
    await pass(5_000)
    expect(b.entered).toBe(2)
  })

  test('keep their notes up to date while requests come and go', async () => {
    const folder = openFolder()
    const worker = folder.startWorker('a', { concurrentRequests: 1 })
    worker.ask(1)
    await pass(20)
    for (let times = 1; times <= 5; times += 1) {
      worker.ask(2)
      worker.leaveAll()
      await pass(700)
      expect(folder.notes.get('a')?.views).toMatchObject([{ inside: 1, waiting: times, why: 'places', places: 1 }])
    }
  })

  test('leave no note once nothing is in flight', async () => {
    const folder = openFolder()
    const worker = folder.startWorker('a', { requestsPerMinute: 10 })
    worker.ask(1)
    await pass(1_000)
    expect(folder.notes.get('a')?.views).toMatchObject([{ title: 'P', run: 'r', inside: 1, waiting: 0 }])
    worker.leaveAll()
    await pass(70_000)
    expect(folder.notes.size).toBe(0)
  })
})
