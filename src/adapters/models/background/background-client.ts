import { ModelRequestFailed, type PaidInVain } from '../../../domain/models/model-failure.ts'
import type { Model } from '../../../domain/models/model-spec.ts'
import type { CallPlace, Provider } from '../../../domain/providers/provider.ts'
import { findApi } from '../../../domain/providers/providers.ts'
import { openReply, parseBody, receive, standardReplyMegabytes } from '../http/exchange.ts'
import { joinUrl, showAddress } from '../http/join-url.ts'
import type { Fetch } from '../http/patient-fetch.ts'
import { readKey } from '../http/read-key.ts'
import type { ModelClientOptions, ModelReply } from '../model-client.ts'
import { readReply } from '../read-reply.ts'
import { waitForCall } from './background-call.ts'

/** A call that a provider has accepted, perhaps from a worker that is gone. */
export interface AcceptedCall {
  readonly model: Pick<Model, 'provider' | 'id' | 'baseUrl' | 'apiKeyVariable'> & Partial<Pick<Model, 'api' | 'limits'>>
  /** The provider's name for it. */
  readonly id: string
  readonly sentAtMs: number
  /** Gets what people may be told while they wait. */
  readonly say?: (doing: string) => void
}

/** What became of a call that was cancelled: its answer, if it had one by then, or what it cost as far as is known. */
export type CancelledCall = { readonly reply: ModelReply } | { readonly paid: PaidInVain | undefined }

export interface BackgroundClient {
  /**
   * Waits for the answer of an accepted call. `pauses`: not to look at once, because it was sent just now.
   *
   * @throws {CallLost} if the provider does not know it any more
   * @throws {ModelRequestFailed} as `complete` does, and with `stillOpen` if a person has to act before anybody can look
   * @throws the signal's reason when it was aborted; the call goes on at the provider
   */
  collect(call: AcceptedCall, signal: AbortSignal, pauses?: boolean): Promise<ModelReply>
  /**
   * Ends a call at the provider.
   *
   * @throws {ModelRequestFailed} if the provider did not do it
   */
  cancel(call: AcceptedCall): Promise<CancelledCall>
}

/** A look is small and quick; an answer that it brings may take a while to arrive. */
const lookTimeoutMs = 60_000
const cancelTimeoutMs = 10_000

export function createBackgroundClient({ apiKey }: Pick<ModelClientOptions, 'apiKey'>, fetch: Fetch): BackgroundClient {
  let waiting = 0

  async function send(
    { model }: AcceptedCall,
    provider: Provider,
    method: 'GET' | 'POST',
    place: CallPlace,
    signal: AbortSignal,
  ) {
    const key = readKey(model.apiKeyVariable, apiKey)
    const url = joinUrl(model.baseUrl, provider.path, place)
    try {
      const response = await openReply({ fetch, provider, key, url, method, signal })
      return await receive(response, key, model.limits?.maxReplyMegabytes ?? standardReplyMegabytes)
    } catch (error) {
      if (!(error instanceof ModelRequestFailed)) throw error
      const address = showAddress(url, provider.path)
      throw new ModelRequestFailed({ ...error.failed, ...address, ...(method === 'GET' && { method }) }, error.paid)
    }
  }

  function open(call: AcceptedCall) {
    const provider = findApi(call.model)
    const { background } = provider
    if (background === undefined) throw new RangeError(`${provider.name} keeps no calls that could be found by an id`)
    const look = (signal: AbortSignal) =>
      send(
        call,
        provider,
        'GET',
        background.find(call.id, call.model.id),
        AbortSignal.any([signal, AbortSignal.timeout(lookTimeoutMs)]),
      )
    return { provider, background, look }
  }

  return {
    async collect(call, signal, pauses = false) {
      const { id, sentAtMs, say = () => {} } = call
      waiting += 1
      try {
        return await waitForCall({ ...open(call), id, sentAtMs, say, countCalls: () => waiting }, pauses, signal)
      } finally {
        waiting -= 1
      }
    },
    async cancel(call) {
      const { provider, background, look } = open(call)
      const signal = AbortSignal.timeout(cancelTimeoutMs)
      // Some servers refuse to cancel what has ended already; then a look tells how.
      const { text, headers } = await send(call, provider, 'POST', background.cancel(call.id), signal).catch(() =>
        look(signal),
      )
      if (background.readCall(parseBody(text))?.isPending !== false) {
        throw new ModelRequestFailed({ message: `${provider.name} did not cancel ${call.id}`, headers: {} })
      }
      try {
        return { reply: readReply(provider, text, headers) }
      } catch (error) {
        if (!(error instanceof ModelRequestFailed)) throw error
        return { paid: error.paid }
      }
    },
  }
}
