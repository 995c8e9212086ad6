import type { AcceptedCall, CancelledCall } from '../../adapters/models/background/background-client.ts'
import type { ModelReply } from '../../adapters/models/model-client.ts'
import type { Model } from '../../domain/models/model-spec.ts'
import { withoutSecrets } from '../../domain/models/without-secrets.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'
import type { Purchase } from './buy-answer.ts'
import { writePaid } from './hold-back.ts'

/** A request that its provider may keep, and go on with whoever waits for it. */
export interface KeptCall {
  /** Notes the provider's name for the call, before anything is waited for. */
  note(this: void, id: string): Promise<void>
  /** Sends the request, or fetches the answer of one that an earlier worker sent. */
  receive(send: () => Promise<ModelReply>): Promise<ModelReply>
  /**
   * Ends the call at the provider, if people cancelled it rather than this worker being shut down.
   *
   * @returns undefined if it goes on there, or may
   */
  end(): Promise<CancelledCall | undefined>
}

export interface KeptRequest {
  readonly request: string
  readonly askedAt: Date
  /** Set for a request that an earlier worker sent. */
  readonly acceptedAs?: { readonly id: string; readonly baseUrl: string | undefined }
  /** Called once the provider has the call: a limit on requests at the same time no longer counts it, unless people set it. */
  readonly onKept?: () => void
}

export function createKeptCall(
  { models, spendingOf, now }: ActivityContext,
  { folder, model, key, control }: Purchase,
  { request, askedAt, acceptedAs, onKept }: KeptRequest,
): KeptCall {
  let id = acceptedAs?.id
  const locate = (kept: string): AcceptedCall => ({
    model: atAddress(model, acceptedAs?.baseUrl),
    id: kept,
    sentAtMs: askedAt.getTime(),
    say: control.say,
  })
  return {
    async note(provider_id) {
      id = provider_id
      const at = now().toISOString()
      const line = { type: 'accepted', request, answer: key, at, provider_id, by: 'background' } as const
      await writePaid(() => spendingOf(folder).accept(line), control).catch(explainDiskFault)
      onKept?.()
    },
    receive: (send) => (id === undefined ? send() : models.client.collect(locate(id), control.signal)),
    async end() {
      if (id === undefined || !control.wasCancelled()) return undefined
      return models.client.cancel(locate(id)).catch(() => undefined)
    },
  }
}

/** A call is found where it was sent. Its address stands in the ledger without a password, which only the model's own has. */
function atAddress(model: Model, sentTo: string | undefined): Model {
  return sentTo === undefined || withoutSecrets(model.baseUrl) === sentTo ? model : { ...model, baseUrl: sentTo }
}
