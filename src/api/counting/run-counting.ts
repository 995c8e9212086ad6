import { setImmediate } from 'node:timers/promises'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { ComparedRun } from '../../domain/compare/compared-run.ts'
import type { RunNumbers } from '../../domain/results/run-document.ts'
import { createComparedRuns } from '../../runs/create-compared-runs.ts'
import { noGate } from '../../runs/read-gate.ts'
import { createRunProgressReader, type RunProgress } from '../../runs/read-run-progress.ts'
import { recallNumbers } from '../../runs/recall-numbers.ts'
import { createMatrixKnowledge, type ReadMatrix } from './know-matrices.ts'

/** The questions about a run that may take thousands of its files to answer. */
export interface RunCounting {
  /** @throws {DamagedRun} as `recallNumbers` does */
  readonly countRun: (folder: RunFolder) => Promise<RunNumbers>
  /** @throws {DamagedRun} */
  readonly readProgress: (folder: RunFolder) => Promise<RunProgress>
  readonly readMatrix: ReadMatrix
  /** @throws {DamagedRun} */
  readonly readCompared: (folder: RunFolder) => Promise<ComparedRun>
}

/**
 * Counts on the caller's own thread, with pauses between records.
 *
 * @param code as `recallNumbers` takes it
 */
export function createRunCounting(code: string, readGate = noGate): RunCounting {
  const { readMatrix, whenRead } = createMatrixKnowledge()
  const readers = new WeakMap<RunFolder, () => Promise<RunProgress>>()
  return {
    async countRun(folder) {
      // Reading local files never yields; yield here so that other requests are answered in between.
      await setImmediate()
      const pause = async () => {
        await setImmediate()
        // Somebody is looking at an empty matrix; numbers can come later.
        await whenRead()
      }
      return recallNumbers(folder, code, { alsoLook: pause })
    },
    readProgress(folder) {
      const readProgress = readers.get(folder) ?? createRunProgressReader(folder, readGate)
      readers.set(folder, readProgress)
      return readProgress()
    },
    readMatrix,
    readCompared: createComparedRuns(),
  }
}
