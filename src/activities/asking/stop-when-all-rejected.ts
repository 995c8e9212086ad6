import { ApplicationFailure } from '@temporalio/activity'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { Answer } from '../../domain/answers/answer.ts'
import { count } from '../../domain/count.ts'
import { findCommonRejection } from '../../domain/models/find-common-rejection.ts'
import { endSentence, isPromptTooLong } from '../../domain/models/model-failure.ts'
import { failureTypes } from '../../domain/runs/failure-types.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import type { OpenRun } from '../read-run.ts'

/** A single refusal may be a whim of the provider. */
const enoughSamples = 5
/** The samples of one task share their prompt, and only that may be the problem. */
const enoughTasks = 3
/** Tasks differ in size, so a few long ones in a row prove nothing. */
const enoughLongTasks = 10

/*
 * A provider's 400, 403 or 422 may concern one prompt, or something every request of the run has: a system message, a
 * temperature, a token limit, a model that wants other roles. The message rarely says which, but the pattern soon does. If
 * nothing was ever answered and everything asked since the run was opened was rejected with the same message, for at least
 * five samples of at least three tasks (or all there are), the next four hundred tasks would be rejected too.
 *
 * Prompts that are too long need a whole first window of tasks, and ten at least. If a run is smaller and all of its prompts
 * are too long, `finish` says so.
 *
 * The ledger and the store decide, not this worker's memory, so all workers, restarts and continued histories agree.
 */

/** @returns a check to make for every answer; it throws a `stop-run` failure with the provider's message */
export function createStopWhenAllRejected() {
  /** Runs in which something was answered: they can no longer be entirely rejected. */
  const answered = new WeakSet<RunFolder>()

  return async function stopWhenAllRejected(open: OpenRun, { rejected }: Answer): Promise<void> {
    const { folder } = open
    if (rejected === null) answered.add(folder)
    if (answered.has(folder) || rejected === null) return
    const { opened_at, controls } = await folder.readState()
    const common = findCommonRejection(await folder.readLedger(), opened_at)
    if (common === undefined) return
    const { samples, item_count } = needAskingRun(open.run).specification
    const isTooLong = isPromptTooLong(common.reason)
    if (common.answers.length < Math.min(enoughSamples, samples * item_count)) return
    const tasks = await countTasks(folder, common.answers)
    const enough = isTooLong
      ? Math.max(enoughLongTasks, controls.max_concurrent_tasks)
      : Math.min(enoughTasks, item_count)
    if (tasks < enough) return
    const words = `every request so far was rejected (${count(common.answers.length, 'sample')} of ${count(tasks, 'task')}): ${common.reason}`
    throw ApplicationFailure.nonRetryable(isTooLong ? endSentence(words, longAdvice) : words, failureTypes.stopRun)
  }
}

const longAdvice =
  ' If the prompts of other tasks are shorter, resume with a larger --max-concurrent-tasks: that many are asked before a run stops like this.'

async function countTasks(folder: RunFolder, keys: readonly string[]): Promise<number> {
  const answers = await Promise.all(keys.map((key) => folder.findAnswer(key)))
  return new Set(answers.flatMap((answer) => answer?.question.item ?? [])).size
}
