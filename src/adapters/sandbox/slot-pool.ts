/** A fixed number of things, each used by one caller at a time; waiting callers are served in order. */
export interface SlotPool<Slot> {
  use<Result>(work: (slot: Slot) => Promise<Result>): Promise<Result>
}

export function createSlotPool<Slot>(slots: readonly Slot[]): SlotPool<Slot> {
  const free = [...slots]
  const waiting: ((slot: Slot) => void)[] = []
  const release = (slot: Slot) => {
    const next = waiting.shift()
    if (next) next(slot)
    else free.push(slot)
  }
  return {
    async use(work) {
      const slot = free.shift() ?? (await new Promise<Slot>((resolve) => waiting.push(resolve)))
      try {
        return await work(slot)
      } finally {
        release(slot)
      }
    },
  }
}
