import type { Criterion } from './criterion.ts'
import type { Example } from './example.ts'
import { hasReasoning } from './reasoning-form.ts'

/** Which rows an export takes, beyond its criterion. */
export interface SelectionRules {
  /** Also programs that contain outputs of their task. */
  readonly includeCopied: boolean
  /** Only answers whose reasoning is known. */
  readonly requireReasoning: boolean
  /** No two rows of a task with the same programs. */
  readonly unique: boolean
  /** Maximum rows per task; undefined: no limit. */
  readonly maxPerTask: number | undefined
}

/** Numbers left out, each counted under the first reason that applies: answers, and from `repeated` on, rows. */
export interface LeftOut {
  /** Excluded by `--only`, or nothing to make a row of. */
  criterion: number
  copied_outputs: number
  no_reasoning: number
  /** Answers that only form rows together: no row was made with this one. */
  unpaired: number
  repeated: number
  max_per_task: number
}

/** The answers of a row: one, or those of a pair. */
interface MadeOf {
  readonly examples: readonly Example[]
}

/** What a selection needs to know about a format. */
interface RowMaker<Row extends MadeOf> {
  readonly isCandidate: (example: Example, only: Criterion) => boolean
  /** The rows of candidates from one item of one run. */
  readonly planRows: (candidates: readonly Example[]) => readonly Row[]
}

/** Selects the rows of one task. Called in turn for each run that has the task. */
export type SelectRows = <Row extends MadeOf>(
  examples: readonly Example[],
  only: Criterion,
  maker: RowMaker<Row>,
) => readonly Row[]

/**
 * Starts the selection of one task's rows across all runs. It filters answers first (criterion, copied outputs, reasoning), has rows
 * made of the rest, and then drops repeated rows and those beyond the limit. The first row stays, so the same runs
 * in the same order give the same rows.
 *
 * Repeats and the limit apply to rows: dropping an answer because its program occurred before could leave another answer without its only partner.
 *
 * @param leftOut is counted up
 */
export function createSelection(rules: SelectionRules, leftOut: LeftOut): SelectRows {
  const { includeCopied, requireReasoning, unique, maxPerTask = Infinity } = rules
  const rowNames = new Set<string>()
  let rowCount = 0

  const isWanted = (example: Example): boolean => {
    if (!includeCopied && example.copiedOutputs().length > 0) leftOut.copied_outputs += 1
    else if (requireReasoning && !isReasoned(example)) leftOut.no_reasoning += 1
    else return true
    return false
  }
  const isTaken = ({ examples }: MadeOf): boolean => {
    const name = unique ? nameRow(examples) : undefined
    if (name !== undefined && rowNames.has(name)) {
      leftOut.repeated += 1
      return false
    }
    if (name !== undefined) rowNames.add(name)
    if (rowCount >= maxPerTask) {
      leftOut.max_per_task += 1
      return false
    }
    rowCount += 1
    return true
  }

  return function selectRows(examples, only, { isCandidate, planRows }) {
    const candidates = examples.filter((example) => isCandidate(example, only))
    leftOut.criterion += examples.length - candidates.length
    const admitted = candidates.filter(isWanted)
    const rows = planRows(admitted)
    leftOut.unpaired += admitted.length - new Set(rows.flatMap((row) => row.examples)).size
    return rows.filter(isTaken)
  }
}

export function countNothing(): LeftOut {
  return { criterion: 0, copied_outputs: 0, no_reasoning: 0, unpaired: 0, repeated: 0, max_per_task: 0 }
}

function isReasoned({ call: { reply } }: Example): boolean {
  return reply !== null && hasReasoning(reply)
}

/** Equal for rows with the same programs. Undefined if an answer is neither a program nor a text: nothing repeats it. */
function nameRow(examples: readonly Example[]): string | undefined {
  const names = examples.map(nameAnswer)
  return names.includes(undefined) ? undefined : JSON.stringify(names)
}

/** An answer without a program is identified by its text and its test input. */
function nameAnswer({ round, call }: Example): string | undefined {
  if (round.program_hash !== null) return round.program_hash
  const text = call.reply?.text ?? ''
  return text === '' ? undefined : JSON.stringify([call.answer.question.test_pair, text])
}
