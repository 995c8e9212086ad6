import type { Entry } from '../../adapters/models/gates/gate.ts'
import { estimateSize } from '../../domain/models/rate-limit.ts'
import type { ActivityContext } from '../dependencies.ts'
import type { Purchase } from './buy-answer.ts'
import { stopAtLongOutage } from './give-up-outage.ts'
import { holdBack } from './hold-back.ts'

/**
 * Takes a place at the provider only while the run may send and the disk has room: a waiting run must not hold places that
 * others could use.
 */
export async function enterGate(context: ActivityContext, purchase: Purchase): Promise<Entry> {
  const { folder, model, sampling, messages, control } = purchase
  const request = { run: folder.runId, size: estimateSize(messages, sampling.maxTokens) }
  for (;;) {
    await control.waitForLeave()
    await holdBack(folder, control)
    control.say(`waiting for ${model.provider}`)
    const gate = context.models.gateOf(model)
    const entry = await context.whileWaiting(folder, gate, () => gate.enter(control.beforeSending, request))
    try {
      // Requests that waited while the run was given up must not each wait for a probe to find that out.
      const { opened_at } = await folder.readState()
      stopAtLongOutage(await context.spendingOf(folder).readLedger(), opened_at, context.maxOutageMs)
      if ((await control.mayBeSent()) && folder.findLackOfRoom() === undefined) return entry
    } catch (error) {
      entry.leave()
      throw error
    }
    entry.leave()
  }
}
