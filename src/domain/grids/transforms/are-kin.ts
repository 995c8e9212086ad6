import { isPair, type PosedTask } from '../../tasks/task.ts'
import { fingerprintPair } from './fingerprint-pair.ts'

/** The fingerprints of all pairs of a task with known outputs. When many tasks are compared, each is computed once. */
export function fingerprintTask({ train, test }: PosedTask): readonly string[] {
  return [...train, ...test.filter(isPair)].map(fingerprintPair)
}

/**
 * Whether two tasks are the same in disguise: at least half of the pairs of one are transforms of pairs of the other,
 * in any order and in train or test. A pair that occurs twice must be matched twice.
 */
export function areKin(a: PosedTask, b: PosedTask): boolean {
  return shareHalf(fingerprintTask(a), fingerprintTask(b))
}

/** `areKin` of tasks given by their fingerprints. */
export function shareHalf(a: readonly string[], b: readonly string[]): boolean {
  const remaining = new Map<string, number>()
  for (const print of b) remaining.set(print, (remaining.get(print) ?? 0) + 1)
  let sharedCount = 0
  for (const print of a) {
    const count = remaining.get(print) ?? 0
    if (count === 0) continue
    remaining.set(print, count - 1)
    sharedCount += 1
  }
  return 2 * sharedCount >= Math.min(a.length, b.length)
}
