import type { Solve } from './create-solver-pool.ts'

/** Samples of a task come close together, so a few tasks are enough. */
const maxRemembered = 64

/** Lets samples of one task share its search: a request with another seed picks another of the same answers. */
export function solveOnce(solve: Solve): Solve {
  const known = new Map<string, ReturnType<Solve>>()
  return (question) => {
    const key = JSON.stringify(question)
    const found = known.get(key)
    if (found) return found
    const answers = solve(question)
    known.set(key, answers)
    const [oldest] = known.keys()
    if (known.size > maxRemembered && oldest !== undefined) known.delete(oldest)
    // A failed search is not remembered, so that a later one may succeed.
    answers.catch(() => known.delete(key))
    return answers
  }
}
