import type { Criterion } from './criterion.ts'
import type { Example } from './example.ts'
import { hasReasoning } from './reasoning-form.ts'

/** Which rows an export takes beyond what its criterion says. */
export interface SelectionRules {
  /** Also programs that have outputs of their task written out. */
  readonly includeCopied: boolean
  /** Only answers whose reasoning is known. */
  readonly requireReasoning: boolean
  /** No row twice with the same programs, within a task. */
  readonly unique: boolean
  /** The most rows of one task; undefined: no limit. */
  readonly maxPerTask: number | undefined
}

/** How many were left out, each counted under the first reason that holds: answers, and from `repeated` on rows. */
export interface LeftOut {
  /** Not what `--only` asks for, or nothing that a row could be made of. */
  criterion: number
  copied_outputs: number
  no_reasoning: number
  /** Of answers that make rows only together: no row was made with it. */
  unpaired: number
  repeated: number
  max_per_task: number
}

/** The answers that a row is made of: one, or those of a pair. */
interface MadeOf {
  readonly examples: readonly Example[]
}

/** What of a format a selection needs to know. */
interface RowMaker<Row extends MadeOf> {
  readonly isCandidate: (example: Example, only: Criterion) => boolean
  /** The rows of candidates that are of one item in one run. */
  readonly planRows: (candidates: readonly Example[]) => readonly Row[]
}

/** Selects the rows of one task. Called for each run that has the task, in turn. */
export type SelectRows = <Row extends MadeOf>(
  examples: readonly Example[],
  only: Criterion,
  maker: RowMaker<Row>,
) => readonly Row[]

/**
 * Begins the selection of the rows of one task over all runs. It looks at answers first (criterion, copied outputs, reasoning), has rows
 * made of those that remain, and of the rows drops repeats and then what is above the cap. The first that comes stays, so the same runs
 * in the same order give the same rows.
 *
 * Repeats and the cap are about rows: to drop an answer because its program came before could take from a pair its only partner.
 *
 * @param leftOut is counted up
 */
export function createSelection(rules: SelectionRules, leftOut: LeftOut): SelectRows {
  const { includeCopied, requireReasoning, unique, maxPerTask = Infinity } = rules
  const seen = new Set<string>()
  let taken = 0

  const isWanted = (example: Example): boolean => {
    if (!includeCopied && example.copiedOutputs().length > 0) leftOut.copied_outputs += 1
    else if (requireReasoning && !isReasoned(example)) leftOut.no_reasoning += 1
    else return true
    return false
  }
  const isTaken = ({ examples }: MadeOf): boolean => {
    const name = unique ? nameRow(examples) : undefined
    if (name !== undefined && seen.has(name)) {
      leftOut.repeated += 1
      return false
    }
    if (name !== undefined) seen.add(name)
    if (taken >= maxPerTask) {
      leftOut.max_per_task += 1
      return false
    }
    taken += 1
    return true
  }

  return function selectRows(examples, only, { isCandidate, planRows }) {
    const candidates = examples.filter((example) => isCandidate(example, only))
    leftOut.criterion += examples.length - candidates.length
    const wanted = candidates.filter(isWanted)
    const rows = planRows(wanted)
    leftOut.unpaired += wanted.length - new Set(rows.flatMap((row) => row.examples)).size
    return rows.filter(isTaken)
  }
}

export function countNothing(): LeftOut {
  return { criterion: 0, copied_outputs: 0, no_reasoning: 0, unpaired: 0, repeated: 0, max_per_task: 0 }
}

function isReasoned({ call: { reply } }: Example): boolean {
  return reply !== null && hasReasoning(reply)
}

/** Equal for rows that have the same programs. Undefined where an answer is neither a program nor a text: nothing repeats it. */
function nameRow(examples: readonly Example[]): string | undefined {
  const names = examples.map(nameAnswer)
  return names.includes(undefined) ? undefined : JSON.stringify(names)
}

/** An answer without a program is told by its text, and by the test input it is for. */
function nameAnswer({ round, call }: Example): string | undefined {
  if (round.program_hash !== null) return round.program_hash
  const text = call.reply?.text ?? ''
  return text === '' ? undefined : JSON.stringify([call.answer.question.test_pair, text])
}
