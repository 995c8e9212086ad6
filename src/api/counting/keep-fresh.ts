/** What is slow to find out, as it was last found. */
export interface FreshValue<Value> {
  /**
   * Answers with what is known, and looks again behind it where that is old. Waits, but not for long, while nothing is
   * known or something tells that it has changed.
   *
   * @param basis another text whenever the value must have changed
   * @param patienceMs how long whoever asks is kept waiting at most
   * @returns undefined while the first look goes on
   * @throws what the last look threw
   */
  recall(basis: string, patienceMs: number): Promise<Value | undefined>
}

/** A look takes at most this share of the time. */
const restPerLook = 5

/** @param restMs how long a value counts as new; a look that takes long is followed by a rest that is longer still */
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
