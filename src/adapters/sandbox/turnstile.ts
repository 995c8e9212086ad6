/** Lets work run in parallel, and now and then one piece alone. */
export interface Turnstile {
  together<Result>(work: () => Promise<Result>): Promise<Result>
  alone<Result>(work: () => Promise<Result>): Promise<Result>
}

/** A request to run alone goes ahead of all work that has not begun, so that a busy sandbox cannot keep it waiting forever. */
export function createTurnstile(): Turnstile {
  const underWay = new Set<Promise<unknown>>()
  const alone = { asked: 0, last: Promise.resolve<unknown>(undefined) }
  return {
    async together(work) {
      while (alone.asked > 0) await alone.last
      const promise = work()
      underWay.add(promise)
      try {
        return await promise
      } finally {
        underWay.delete(promise)
      }
    },
    async alone(work) {
      alone.asked += 1
      const turn = alone.last.then(() => Promise.allSettled(underWay)).then(work)
      alone.last = Promise.allSettled([turn])
      try {
        return await turn
      } finally {
        alone.asked -= 1
      }
    },
  }
}
