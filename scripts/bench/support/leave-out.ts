import { open } from 'node:fs/promises'
import type { Sandbox } from '../../../src/adapters/sandbox/sandbox.ts'
import type { Blobs } from '../../../src/adapters/stores/blobs.ts'
import { createMemoryBlobs } from '../../../src/adapters/stores/memory-blobs.ts'
import type { RunFolder, RunStore } from '../../../src/adapters/stores/run-store.ts'

/*
 * Leaves out, one by one, the parts of a worker's work that serve durability, safety and people, to measure their cost. This
 * exists only in the bench: Arcloom has no such switches.
 */

export const parts = ['fsync', 'ledger', 'log', 'disk', 'sandbox'] as const

export type Part = (typeof parts)[number]

/** The parts left out at the moment; changes between two runs. */
export type LeftOut = ReadonlySet<Part>

/** Makes every `sync` of a file do nothing while fsync is left out. */
export async function leaveOutFsync(leftOut: () => LeftOut): Promise<void> {
  const file = await open('/dev/null')
  const prototype = Object.getPrototypeOf(file) as { sync(this: unknown): Promise<void> }
  await file.close()
  const { sync } = prototype // oxlint-disable-line typescript/unbound-method -- called on its file below
  prototype.sync = async function () {
    if (!leftOut().has('fsync')) await Reflect.apply(sync, this, [])
  }
}

/** A run's own files are read from disk; while the disk is left out, what the worker writes stays in memory. */
export function leaveOutDisk(files: Blobs, leftOut: () => LeftOut): Blobs {
  const memory = createMemoryBlobs()
  const either = <Name extends 'write' | 'create' | 'move' | 'reserve' | 'append' | 'sweep'>(name: Name): Blobs[Name] =>
    ((...words: unknown[]) => {
      const result: unknown = Reflect.apply((leftOut().has('disk') ? memory : files)[name], undefined, words)
      return result
    }) as Blobs[Name] // all of them accept any argument
  return {
    locate: (name) => files.locate(name),
    findLackOfRoom: () => undefined,
    read: async (name) => (await memory.read(name)) ?? files.read(name),
    readLines: async (name, fromByte) => (leftOut().has('disk') ? memory : files).readLines(name, fromByte),
    list: async (folder) => [...new Set([...(await memory.list(folder)), ...(await files.list(folder))])],
    async remove(name) {
      await memory.remove(name)
      if (!leftOut().has('disk')) await files.remove(name)
    },
    move: either('move'),
    write: either('write'),
    create: either('create'),
    reserve: either('reserve'),
    append: either('append'),
    sweep: either('sweep'),
    stamp: (name) => files.stamp(name),
    readStart: (name, bytes) => files.readStart(name, bytes),
    openSharedLines: (name) => files.openSharedLines(name),
  }
}

export function leaveOutLines(store: RunStore, leftOut: () => LeftOut): RunStore {
  const lighten = (folder: RunFolder): RunFolder => ({
    ...folder,
    async appendLedger(line) {
      if (!leftOut().has('ledger')) await folder.appendLedger(line)
    },
    async appendLog(line) {
      if (!leftOut().has('log')) await folder.appendLog(line)
    },
  })
  return { ...store, openRun: async (runId) => lighten(await store.openRun(runId)) }
}

/** Programs that are not run return the first input: no process, but a verdict. */
export function leaveOutSandbox(sandbox: Sandbox, leftOut: () => LeftOut): Sandbox {
  return {
    ...sandbox,
    async run(program, signal) {
      if (!leftOut().has('sandbox')) return sandbox.run(program, signal)
      const results = program.inputs.map((grid) => ({ status: 'ok', grid }) as const)
      return { results, called: null, gridsAs: 'list', printed: '', cpuMs: 0, wallMs: 0, maxRssBytes: 0 }
    },
  }
}
