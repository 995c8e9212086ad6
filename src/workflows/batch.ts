import { CancellationScope, CancelledFailure, condition, isCancellation, setHandler, sleep } from '@temporalio/workflow'
import { failureTypes } from '../domain/runs/failure-types.ts'
import { proxyModels } from './activity-proxies.ts'
import { findFailure } from './find-failure.ts'
import { interruptSignal, pauseSignal, unpauseSignal, type BatchInput } from './messages.ts'

/**
 * One batch: it is sent, waited for and collected. While it waits there is only a timer, which holds no worker.
 *
 * Interrupted, it leaves the batch to the provider; a later start of this workflow goes on with it. Cancelled, it has the provider
 * end the batch, and collects what was done. A paused run sends no batch, and goes on waiting for those that were sent.
 */
export async function batch({ runId, batch, queues, paused }: BatchInput): Promise<void> {
  const models = proxyModels(queues)
  const input = { runId, batch }
  const control = { paused, left: false }
  const untilLeft = new CancellationScope()
  setHandler(pauseSignal, () => {
    control.paused = true
  })
  setHandler(unpauseSignal, () => {
    control.paused = false
  })
  setHandler(interruptSignal, () => {
    control.left = true
    untilLeft.cancel()
  })

  try {
    await untilLeft.run(async () => {
      if (await wait()) await models.collectBatch(input)
    })
  } catch (error) {
    if (!isGivenUp(error)) throw error
    if (control.left) return
    await CancellationScope.nonCancellable(() => endEarly())
    throw new CancelledFailure('cancelled')
  }

  /** @returns whether there is something to collect */
  async function wait(): Promise<boolean> {
    let isSent = false
    for (let seconds = firstPauseSeconds; ; seconds = Math.min(2 * seconds, maxPauseSeconds)) {
      if (!isSent) {
        await condition(() => !control.paused)
        isSent = (await models.submitBatch(input)) === 'sent'
      }
      await sleep(`${seconds} seconds`)
      if (!isSent) continue
      const standing = await models.checkBatch(input)
      if (standing === 'ended') return true
      if (standing === 'over') return false
      isSent = standing !== 'again'
    }
  }

  async function endEarly(): Promise<void> {
    if (!(await models.cancelBatch(input))) return
    for (let seconds = firstPauseSeconds; ; seconds = Math.min(2 * seconds, maxEndingPauseSeconds)) {
      const standing = await models.checkBatch(input)
      if (standing === 'ended') return models.collectBatch(input)
      if (standing !== 'working') return
      await sleep(`${seconds} seconds`)
    }
  }
}

/** Whether a call was not made, or not repeated, because the run is ending. One in flight is waited for. */
function isGivenUp(error: unknown): boolean {
  return isCancellation(error) || findFailure(error).type === failureTypes.tryAgain
}

const firstPauseSeconds = 1
/** A batch takes minutes to hours. */
const maxPauseSeconds = 10 * 60
/** A cancelled one takes up to ten minutes at OpenAI. */
const maxEndingPauseSeconds = 30
