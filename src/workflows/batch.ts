import { CancellationScope, condition, isCancellation, setHandler, sleep } from '@temporalio/workflow'
import { proxyModels } from './activity-proxies.ts'
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
  setHandler(pauseSignal, () => {
    control.paused = true
  })
  setHandler(unpauseSignal, () => {
    control.paused = false
  })
  setHandler(interruptSignal, () => {
    control.left = true
  })

  /** @returns whether there is something to collect */
  async function wait(): Promise<boolean> {
    let seconds = firstPauseSeconds
    for (let isSent = false; ;) {
      if (!isSent) {
        await condition(() => !control.paused || control.left)
        if (control.left) return false
        isSent = (await models.submitBatch(input)) === 'sent'
        if (isSent) seconds = firstPauseSeconds
      }
      if (await condition(() => control.left, `${seconds} seconds`)) return false
      seconds = Math.min(2 * seconds, maxPauseSeconds)
      if (!isSent) continue
      const standing = await models.checkBatch(input)
      if (standing === 'ended') return true
      if (standing === 'over') return false
      isSent = standing !== 'again'
    }
  }

  try {
    if (await wait()) await models.collectBatch(input)
  } catch (error) {
    if (!isCancellation(error)) throw error
    await CancellationScope.nonCancellable(() => endEarly())
    throw error
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

const firstPauseSeconds = 1
/** A batch takes minutes to hours. */
const maxPauseSeconds = 10 * 60
/** A cancelled one takes up to ten minutes at OpenAI. */
const maxEndingPauseSeconds = 30
