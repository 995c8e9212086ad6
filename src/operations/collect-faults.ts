export interface Faults {
  /** What was thrown, in the order of the checks. */
  readonly all: readonly unknown[]
  /** @returns undefined if the check failed */
  readonly check: <Value>(work: () => Value | Promise<Value>) => Promise<Value | undefined>
}

/** Keeps what checks throw, so that all of them are done: a command reports the first fault, a form shows each at its field. */
export function collectFaults(): Faults {
  const all: unknown[] = []
  return {
    all,
    check: async (work) => {
      try {
        return await work()
      } catch (error) {
        all.push(error)
        return undefined
      }
    },
  }
}
