import { SandboxFault } from './sandbox.ts'
import type { Zygote } from './zygote-process.ts'

/** A place for one zygote at a time, started on first use, and again if the last one has died. */
export interface Slot {
  readonly getZygote: () => Promise<Zygote>
  /** Ends its zygote, waits until nothing is left of it, and starts no other. */
  readonly close: () => Promise<void>
}

export function createSlot(start: () => Promise<Zygote>, first?: Zygote): Slot {
  let isClosed = false
  let latest: Promise<Zygote | undefined> = Promise.resolve(first)
  return {
    async getZygote() {
      const zygote = await latest
      if (isClosed) throw new SandboxFault('closed', 'The sandbox was closed')
      if (zygote?.isAlive()) return zygote
      const starting = start()
      latest = starting.catch(() => undefined)
      return starting
    },
    async close() {
      isClosed = true
      const zygote = await latest
      await zygote?.kill()
    },
  }
}
