import type { Solve } from './create-solver-pool.ts'

/** Samples of a task come close together, so a few tasks are enough. */
const maxRemembered = 64

/** Lets samples of one task share its search: a request with another seed picks another of the same answers. */
export function solveOnce(solve: Solve): Solve {
  const answersByQuestion = new Map<string, ReturnType<Solve>>()
  return (question) => {
    const key = JSON.stringify(question)
    const earlier = answersByQuestion.get(key)
    if (earlier) return earlier
    const answers = solve(question)
    answersByQuestion.set(key, answers)
    const [oldest] = answersByQuestion.keys()
    if (answersByQuestion.size > maxRemembered && oldest !== undefined) answersByQuestion.delete(oldest)
    // A failed search is not remembered, so that a later one may succeed.
    answers.catch(() => answersByQuestion.delete(key))
    return answers
  }
}
