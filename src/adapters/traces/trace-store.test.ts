import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createTraceStore } from './trace-store.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-traces-'))
})
afterEach(() => rm(folder, { recursive: true }))

const shipped = {
  a: [{ trace_id: 't', task_id: 'a', username: 'ann', text: 'words', score: 2, timestamp: 1.5, own: 1 }],
}
async function open() {
  await writeFile(join(folder, 'traces.json'), JSON.stringify(shipped))
  return createTraceStore(join(folder, 'traces_store.json'), join(folder, 'traces.json'))
}

describe('a trace store', () => {
  test('begins with the shipped traces, which never change', async () => {
    const store = await open()
    expect(await store.read()).toMatchObject(shipped)
    const voted = await store.vote({ traceId: 't', username: 'bob', vote: 1 })
    expect(voted).toEqual({ outcome: 'done', trace: { ...shipped.a[0], score: 3, voters: { bob: 1 } } })
    expect(JSON.parse(await readFile(join(folder, 'traces_store.json'), 'utf8'))).toMatchObject({ a: [{ score: 3 }] })
    expect(JSON.parse(await readFile(join(folder, 'traces.json'), 'utf8'))).toEqual(shipped)
  })

  test('gives every trace its own id and the time it was added', async () => {
    const store = await open()
    const given = { task_id: 'a', username: 'bob', text: 'same' }
    const first = await store.add(given)
    const second = await store.add({ ...given, version: 2 })
    expect(first).toMatchObject({ ...given, score: 0, voters: {} })
    expect(second.trace_id).not.toBe(first.trace_id)
    expect(Math.abs(first.timestamp - Date.now() / 1000)).toBeLessThan(3600)
    expect((await store.read())['a']).toEqual([{ ...shipped.a[0], voters: {} }, first, second])
  })

  test('does not add again what somebody removed', async () => {
    const store = await open()
    const trace = await store.add({ task_id: 'a', username: 'model', text: 'said' })
    expect(await store.merge([trace])).toEqual({ added: [], present: 1, removed: 0 })
    await store.remove({ traceId: trace.trace_id, username: 'model' })
    expect(await store.merge([trace])).toEqual({ added: [], present: 0, removed: 1 })
  })
})
