/** A value that takes long to compute, kept from the last time it was computed. */
export interface FreshValue<Value> {
  /**
   * Returns the last value at once, and computes a new one in the background if it is old. It waits, but not for long, only
   * while there is no value yet or the basis shows that it must have changed.
   *
   * @param basis a text that differs whenever the value must have changed
   * @param patienceMs maximum time to wait
   * @returns undefined until the first value is there
   * @throws what `look` threw the last time
   */
  recall(basis: string, patienceMs: number): Promise<Value | undefined>
}

/** After a look, rest at least this many times as long as it took. */
const restPerLook = 5

/** @param restMs how long a value counts as new; longer if computing it takes long */
export function keepFresh<Value>(look: () => Promise<Value>, restMs: number): FreshValue<Value> {
  let last: { readonly value: Value } | { readonly error: unknown } | undefined
  let lookedAt = { basis: '', endedAtMs: -Infinity, tookMs: 0 }
  let looking: Promise<void> | undefined

  async function lookAgain(basis: string): Promise<void> {
    const beganAtMs = performance.now()
    try {
      last = { value: await look() }
    } catch (error) {
      last = { error }
    }
    const endedAtMs = performance.now()
    lookedAt = { basis, endedAtMs, tookMs: endedAtMs - beganAtMs }
    looking = undefined
  }

  return {
    async recall(basis, patienceMs) {
      const age = performance.now() - lookedAt.endedAtMs
      const hasChanged = lookedAt.basis !== basis
      if (looking === undefined && (hasChanged || age > Math.max(restMs, restPerLook * lookedAt.tookMs))) {
        looking = lookAgain(basis)
      }
      if (looking !== undefined && patienceMs > 0 && (last === undefined || hasChanged))
        await waitAtMost(looking, patienceMs)
      if (last === undefined) return undefined
      if ('error' in last) throw last.error
      return last.value
    },
  }
}

async function waitAtMost(work: Promise<void>, ms: number): Promise<void> {
  const timer = Promise.withResolvers<void>()
  const timeout = setTimeout(timer.resolve, ms)
  await Promise.race([work, timer.promise])
  clearTimeout(timeout)
}
