/** What people solved by hand, and in how many tries. The content of `progress.json` in the data folder. */
export interface Progress {
  /** By name, then by the content hash of the pairs they saw: a version, or the task under their own transforms. */
  readonly people: Readonly<Record<string, Readonly<Record<string, TaskProgress>>>>
}

export interface TaskProgress {
  readonly task_id: string
  /** Hash of the task as published, of which this is a version. */
  readonly task_hash: string
  /** One for each test input. */
  readonly tests: readonly TestProgress[]
}

export interface TestProgress {
  readonly tries: number
  /** The try that was right; null until there is one. */
  readonly solved_in: number | null
}

/** One grid that a person submitted. */
export interface Submission {
  readonly person: string
  readonly hash: string
  readonly task: Pick<TaskProgress, 'task_id' | 'task_hash'>
  readonly test: number
  /** How many test inputs the task has. */
  readonly tests: number
  readonly correct: boolean
}

/** Tries that the official rules give for each test input (github.com/fchollet/ARC-AGI). */
export const allowedTries = 2

const untried: TestProgress = { tries: 0, solved_in: null }

/** Counts a try. A solved entry never changes. */
export function countTry(progress: Progress, submission: Submission): { progress: Progress; test: TestProgress } {
  const { person, hash, task, correct } = submission
  const before = listOf(progress, person)
  const testsBefore = before[hash]?.tests ?? []
  const tests = Array.from({ length: submission.tests }, (_, index) => testsBefore[index] ?? untried)
  const previous = tests[submission.test] ?? untried
  if (previous.solved_in !== null) return { progress, test: previous }
  const tries = previous.tries + 1
  const test = { tries, solved_in: correct ? tries : null }
  const entry = { ...task, tests: tests.with(submission.test, test) }
  return { progress: putOf(progress, person, { ...before, [hash]: entry }), test }
}

/** Moves a guest's progress to a name; where both tried, the name's own progress counts. */
export function adoptProgress(progress: Progress, from: string, to: string): Progress {
  if (from === to || !Object.hasOwn(progress.people, from)) return progress
  const { [from]: guestProgress, ...others } = progress.people
  return putOf({ people: others }, to, { ...guestProgress, ...listOf(progress, to) })
}

export function listOf({ people }: Progress, person: string): Readonly<Record<string, TaskProgress>> {
  return Object.hasOwn(people, person) ? (people[person] ?? {}) : {}
}

/** Whether every test input was solved, at whatever try. */
export function isSolvedByHand({ tests }: TaskProgress): boolean {
  return tests.every(({ solved_in }) => solved_in !== null)
}

function putOf({ people }: Progress, person: string, entries: Readonly<Record<string, TaskProgress>>): Progress {
  return { people: { ...people, [person]: entries } }
}
