import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { isVerification } from '../../domain/runs/run.ts'
import { createMatrixReader, type MatrixReader } from '../../runs/read-matrix.ts'
import type { MatrixDocument } from '../documents.ts'
import { keepFresh, type FreshValue } from './keep-fresh.ts'

/** Matrices held at once: that of 10,000 tasks takes a few megabytes. */
const maxEntries = 6
/** Then the page shows what is read so far, and asks again. */
const patienceMs = 200
const restMs = 700

interface Entry {
  readonly openedAt: string
  readonly reader: MatrixReader
  readonly fresh: FreshValue<true>
  /** As it was last given, for the revision it was made of. */
  last?: { readonly revision: string; readonly document: MatrixDocument }
}

export type ReadMatrix = (folder: RunFolder) => Promise<MatrixDocument>

export interface MatrixKnowledge {
  readonly readMatrix: ReadMatrix
  /** Resolves when no records are being read for a matrix, although its readers may already have had an answer. */
  readonly whenRead: () => Promise<unknown>
}

/** Reads the matrices of runs that people look at, and keeps the last few. One that has not changed is the same object. */
export function createMatrixKnowledge(): MatrixKnowledge {
  const entries = new Map<RunFolder, Entry>()
  let reads: Promise<unknown> = Promise.resolve()

  function recall(folder: RunFolder, openedAt: string): Entry {
    const previous = entries.get(folder)
    const reader = createMatrixReader(folder)
    const read = () => {
      const reading = reader.read()
      reads = Promise.allSettled([reads, reading])
      return reading.then(() => true as const)
    }
    const fresh = keepFresh(read, restMs)
    // A resumed run may record tasks anew.
    const current = previous?.openedAt === openedAt ? previous : { openedAt, reader, fresh }
    entries.delete(folder)
    entries.set(folder, current)
    const [oldest] = entries.keys()
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest)
    return current
  }

  async function readMatrix(folder: RunFolder): Promise<MatrixDocument> {
    const [run, state] = await Promise.all([folder.readRun(), folder.readState()])
    const entry = recall(folder, state.opened_at)
    const { reader, fresh } = entry
    const isRead = await fresh.recall(`${state.state} ${state.updated_at}`, patienceMs)
    const revision = `${reader.revision()} ${isRead}`
    if (entry.last?.revision === revision) return entry.last.document
    const rows = reader.rows()
    const document = {
      run_id: folder.runId,
      samples: isVerification(run) ? Math.max(0, ...rows.map(({ marks }) => marks.length)) : run.specification.samples,
      rows,
      is_reading: isRead === undefined,
    }
    entry.last = { revision, document }
    return document
  }

  return { readMatrix, whenRead: () => reads }
}
