import type { Zygote } from './zygote-process.ts'

/** A place for one zygote at a time, started when it is first needed, and again when the last one has died. */
export interface Slot {
  readonly getZygote: () => Promise<Zygote>
  readonly close: () => Promise<void>
}

export function createSlot(start: () => Promise<Zygote>, first?: Zygote): Slot {
  let latest: Promise<Zygote | undefined> = Promise.resolve(first)
  return {
    async getZygote() {
      const zygote = await latest
      if (zygote?.isAlive()) return zygote
      const starting = start()
      latest = starting.catch(() => undefined)
      return starting
    },
    async close() {
      const zygote = await latest
      await zygote?.kill()
    },
  }
}
