import { canonicalJson } from '../canonical-json.ts'
import type { Derivation } from './derivation.ts'
import type { PosedTask, TestPair } from './task.ts'

/** One entry of `dataset.json`: a task in one of its versions. Fields not listed here survive a rewrite. */
export interface DatasetEntry<Test extends TestPair = TestPair> extends PosedTask<Test> {
  readonly task_id: string
  /** 0 is the base, the task as published. A number never comes to refer to anything else. */
  readonly version: number
  /** Who vouches for it, each person once. */
  readonly signed_by: readonly string[]
  readonly derived_from?: Derivation | undefined
}

/** Whether two tasks have the same pairs in the same order, ignoring names and other fields of the pairs. */
export function samePairs(a: PosedTask, b: PosedTask): boolean {
  return canonicalJson(pickPairs(a)) === canonicalJson(pickPairs(b))
}

/** Only the pairs: the input of a content hash. */
export function pickPairs<Test extends TestPair>({
  train,
  test,
}: PosedTask<Test>): PosedTask<Pick<Test, 'input' | 'output'>> {
  return { train: train.map(pickPair), test: test.map(pickPair) }
}

function pickPair<Pair extends TestPair>({ input, output }: Pair): Pick<Pair, 'input' | 'output'> {
  return { input, output }
}
