import { createDatasetFile } from '../../../src/adapters/datasets/dataset-file.ts'
import { createTraceStore } from '../../../src/adapters/traces/trace-store.ts'
import { buildPairs } from '../build-run.ts'

/** What dataset.json and traces_store.json both promise, described for things that have a number as their name. */
export interface EditedFile {
  list(): Promise<string[]>
  add(name: number): Promise<void>
  remove(name: number): Promise<void>
  restore(name: number): Promise<void>
}

export function openEditedFile(kind: 'dataset.json' | 'traces_store.json', path: string): EditedFile {
  return kind === 'dataset.json' ? openDataset(path) : openTraces(path)
}

function openDataset(path: string): EditedFile {
  const file = createDatasetFile(path)
  const versions = new Map<number, number>()
  const find = (name: number) => ({ taskId: 'a', version: versions.get(name) ?? -1 })
  return {
    list: async () => (await file.read()).map(({ train }) => JSON.stringify(train)),
    async add(name) {
      const derived = { pairs: buildPairs(name), from: { version: 0, transforms: [] } }
      const { entry } = await file.sign({ task_id: 'a', base: buildPairs(0), derived, signer: 'ann' })
      versions.set(name, entry.version)
    },
    remove: async (name) => void (await file.remove(find(name), 'ann')),
    restore: async (name) => void (await file.restore(find(name))),
  }
}

function openTraces(path: string): EditedFile {
  const store = createTraceStore(path, `${path}.shipped`)
  const ids = new Map<number, string>()
  const find = (name: number) => ({ traceId: ids.get(name) ?? '', username: 'ann' })
  return {
    list: async () => Object.values(await store.read()).flatMap((traces) => traces.map(({ text }) => text)),
    async add(name) {
      const { trace_id } = await store.add({ task_id: 'a', username: 'ann', text: String(name) })
      ids.set(name, trace_id)
    },
    remove: async (name) => void (await store.remove(find(name))),
    restore: async (name) => void (await store.restore(find(name))),
  }
}
