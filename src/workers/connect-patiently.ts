import { setTimeout as sleep } from 'node:timers/promises'
import { NativeConnection } from '@temporalio/worker'
import type { Config } from '../config.ts'

const retryEveryMs = 200

/** Connects as soon as there is a server: after a crash of both, the worker may be back first. */
export async function connectPatiently({ temporal, ports }: Config, stop: AbortSignal): Promise<NativeConnection> {
  const options = { address: `127.0.0.1:${ports.temporal}`, ...temporal.connection() }
  for (;;) {
    try {
      return await NativeConnection.connect(options)
    } catch (error) {
      if (stop.aborted) throw error
      await sleep(retryEveryMs, undefined, { signal: stop })
    }
  }
}
