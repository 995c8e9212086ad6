import { locateNote, type WorkerNote } from '../../adapters/worker-notes.ts'
import type { Config } from '../../config.ts'
import type { WorkerSandbox } from '../../domain/runs/record.ts'
import { readLivingStatus } from './read-stack-status.ts'
import { listStackFiles, readStackFile } from './stack-files.ts'

/**
 * What the stack's worker reported about its sandbox when it became ready.
 *
 * @returns undefined if no worker here reports anything: others may run the programs
 */
export function readWorkerSandbox(config: Config): WorkerSandbox | undefined {
  const files = listStackFiles(config)
  const identity = readLivingStatus(files)?.parts.worker?.identity
  if (!identity) return undefined
  // Written whole by the worker, hence the cast.
  const ready = readStackFile(locateNote(files.ready, identity)) as WorkerNote | undefined
  return ready?.sandbox
}
