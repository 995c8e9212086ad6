import { SandboxFault } from './sandbox.ts'
import type { Zygote } from './zygote-process.ts'

/** A place for one zygote at a time, started when it is first needed, and again when the last one has died. */
export interface Slot {
  readonly getZygote: () => Promise<Zygote>
  /** Waits until nothing is left of it. There is no other after it. */
  readonly close: () => Promise<void>
}

export function createSlot(start: () => Promise<Zygote>, first?: Zygote): Slot {
  let closed = false
  let latest: Promise<Zygote | undefined> = Promise.resolve(first)
  return {
    async getZygote() {
      const zygote = await latest
      if (closed) throw new SandboxFault('closed', 'The sandbox was closed')
      if (zygote?.isAlive()) return zygote
      const starting = start()
      latest = starting.catch(() => undefined)
      return starting
    },
    async close() {
      closed = true
      const zygote = await latest
      await zygote?.kill()
    },
  }
}
