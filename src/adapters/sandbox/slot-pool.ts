/** A fixed number of things, each used by one caller at a time; waiting callers are served in order. */
export interface SlotPool<Slot> {
  use<Result>(work: (slot: Slot) => Promise<Result>): Promise<Result>
}

export function createSlotPool<Slot>(slots: readonly Slot[]): SlotPool<Slot> {
  const freeSlots = [...slots]
  const waiters: ((slot: Slot) => void)[] = []
  const release = (slot: Slot) => {
    const next = waiters.shift()
    if (next) next(slot)
    else freeSlots.push(slot)
  }
  return {
    async use(work) {
      const slot = freeSlots.shift() ?? (await new Promise<Slot>((resolve) => waiters.push(resolve)))
      try {
        return await work(slot)
      } finally {
        release(slot)
      }
    },
  }
}
