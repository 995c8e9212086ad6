import { ModelRequestFailed } from '../../domain/models/model-failure.ts'
import type { Model, TokenUsage } from '../../domain/models/model-spec.ts'
import type { CostLookup } from '../../domain/providers/cost-lookup.ts'
import type { Provider } from '../../domain/providers/provider.ts'
import { openReply, parseBody, receive } from './http/exchange.ts'
import { joinOtherUrl } from './http/join-url.ts'
import { patientFetch } from './http/patient-fetch.ts'
import { readKey } from './http/read-key.ts'
import type { ModelClientOptions } from './model-client.ts'

export type FoundCost =
  | { readonly found: true; readonly costUsd: number; readonly usage: TokenUsage }
  /** `isLasting`: every other call will be answered the same, as with a wrong key. */
  | { readonly found: false; readonly reason: string; readonly isLasting: boolean }

export interface CostAsker {
  /** @param mayBeNew the call may have ended a moment ago, so that a record that is missing may still come */
  ask(providerId: string, mayBeNew: boolean): Promise<FoundCost>
}

interface Asked extends Pick<ModelClientOptions, 'apiKey' | 'fetch'> {
  readonly model: Pick<Model, 'baseUrl' | 'apiKeyVariable'>
  readonly provider: Pick<Provider, 'path' | 'renderKey' | 'describeFailure'>
  readonly lookup: CostLookup
  readonly sleep: (ms: number) => Promise<unknown>
}

const timeoutMs = 30_000
const maxMegabytes = 1

/** Between tries, in milliseconds: for records that come late, and for servers that are busy. */
const pausesMs = [2_000, 4_000, 8_000]

/** Asks a provider what calls have cost. It costs nothing and changes nothing there. */
export function createCostAsker({ model, provider, lookup, apiKey, fetch = patientFetch, sleep }: Asked): CostAsker {
  async function askOnce(providerId: string): Promise<FoundCost & { readonly status: number | undefined }> {
    try {
      const key = readKey(model.apiKeyVariable, apiKey)
      const url = joinOtherUrl(model.baseUrl, provider.path, lookup.path, lookup.query(providerId))
      const signal = AbortSignal.timeout(timeoutMs)
      const response = await openReply({ fetch, provider, key, url, signal })
      const { status } = response
      const cost = lookup.read(parseBody((await receive(response, key, maxMegabytes)).text))
      if (cost) return { status, found: true, ...cost }
      return { status, found: false, reason: 'its record of the call names no cost', isLasting: false }
    } catch (error) {
      if (!(error instanceof ModelRequestFailed)) throw error
      const { status, message, neverSent = false } = error.failed
      const reason = status === undefined ? message : `${status}: ${message}`
      return { status, found: false, reason, isLasting: neverSent || status === 401 || status === 403 }
    }
  }

  return {
    async ask(providerId, mayBeNew) {
      for (const pauseMs of pausesMs) {
        const { status, ...answer } = await askOnce(providerId)
        const isWorthWaiting = status === 404 ? mayBeNew : status === undefined || status === 429 || status >= 500
        if (answer.found || answer.isLasting || !isWorthWaiting) return answer
        await sleep(pauseMs)
      }
      const { status: _, ...answer } = await askOnce(providerId)
      return answer
    },
  }
}
