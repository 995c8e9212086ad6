import { outliveFullDisk } from '../adapters/files/outlive-full-disk.ts'
import type { Config } from '../config.ts'
import type { PartSpec } from './parts/part.ts'
import type { DownRequest } from './state/down-request.ts'
import { supervise } from './supervise.ts'

/** The supervisor's process: a first SIGTERM or SIGINT acts like `down`, a second like `down --now`. */
export async function runSupervisor(
  config: Config,
  createParts: (config: Config) => readonly PartSpec[],
): Promise<void> {
  outliveFullDisk()
  let request: DownRequest | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      request = { now: request !== undefined }
    })
  const log = (line: string) => console.error(`${new Date().toISOString()} [${process.pid}] ${line}`)
  log('supervisor started')
  await supervise(config, createParts, { log, signalled: () => request })
  log('supervisor ended')
  process.exit(0)
}
