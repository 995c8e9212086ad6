import { ModelRequestFailed } from '../../../domain/models/model-failure.ts'
import type { Model } from '../../../domain/models/model-spec.ts'
import type {
  Batching,
  BatchProgress,
  LostBatch,
  OutgoingBatch,
  RequestResult,
  Sighting,
} from '../../../domain/providers/batches/batching.ts'
import { asRecord } from '../../../domain/providers/json.ts'
import { findApi } from '../../../domain/providers/providers.ts'
import { patientFetch } from '../http/patient-fetch.ts'
import type { ModelReply } from '../model-client.ts'
import { readReply } from '../read-reply.ts'
import { createBatchCalls, type BatchCallOptions } from './create-batch-calls.ts'

/** What came of one request of a batch: what a single request would have returned, or thrown. */
export type CollectedOutcome =
  | { readonly kind: 'answered'; readonly reply: ModelReply }
  | { readonly kind: 'failed'; readonly failure: ModelRequestFailed }
  | { readonly kind: 'unprocessed'; readonly reason: string }

export interface CollectedRequest {
  readonly customId: string
  readonly outcome: CollectedOutcome
}

/** Batches at the provider of a model. Each call is made once; retries are up to the caller. Throws `ModelRequestFailed`. */
export interface BatchClient {
  /** @returns what `submit` needs of it; undefined if nothing has to be prepared */
  prepare(model: Model, batch: OutgoingBatch): Promise<string | undefined>
  submit(model: Model, batch: OutgoingBatch, prepared: string | undefined): Promise<BatchProgress>
  find(model: Model, id: string): Promise<BatchProgress>
  look(model: Model, lost: LostBatch): Promise<Sighting>
  collect(model: Model, id: string): AsyncIterable<CollectedRequest>
  /** @returns false if the provider cannot cancel */
  cancel(model: Model, id: string): Promise<boolean>
}

/** An upload of 200 MB takes long on a slow line. */
const standardTimeoutMs = 20 * 60_000

export function createBatchClient(
  options: Pick<BatchCallOptions, 'apiKey'> & Partial<Omit<BatchCallOptions, 'apiKey'>>,
): BatchClient {
  const callsTo = (model: Model) => {
    return createBatchCalls(model, { timeoutMs: standardTimeoutMs, fetch: patientFetch, ...options })
  }
  return {
    prepare: async (model, batch) => needBatching(model).prepare?.(callsTo(model), batch),
    submit: (model, batch, prepared) => needBatching(model).submit(callsTo(model), batch, prepared),
    find: (model, id) => needBatching(model).find(callsTo(model), id),
    look: (model, lost) => needBatching(model).look(callsTo(model), lost),
    async *collect(model, id) {
      for await (const { customId, result } of needBatching(model).collect(callsTo(model), id)) {
        yield { customId, outcome: readOutcome(model, result) }
      }
    },
    async cancel(model, id) {
      const { cancel } = needBatching(model)
      await cancel?.(callsTo(model), id)
      return cancel !== undefined
    },
  }
}

function needBatching(model: Model): Batching {
  const { batching } = findApi(model)
  if (batching === undefined) throw new TypeError(`provider ${model.provider} takes no batches`)
  return batching
}

function readOutcome(model: Model, result: RequestResult): CollectedOutcome {
  if (result.kind === 'unprocessed') return result
  const provider = findApi(model)
  const { requestId, body } = result
  if (result.kind === 'failed') {
    const described = provider.describeFailure(body, result.status)
    return { kind: 'failed', failure: new ModelRequestFailed({ status: result.status, ...described, headers: {} }) }
  }
  try {
    const headers = new Headers(requestId === undefined ? {} : { 'x-request-id': requestId })
    return { kind: 'answered', reply: readReply(provider, JSON.stringify(asRecord(body)), headers) }
  } catch (error) {
    if (error instanceof ModelRequestFailed) return { kind: 'failed', failure: error }
    throw error
  }
}
