import type { RequestParameters } from '../providers/provider.ts'
import type { Model, Sampling } from './model-spec.ts'

/** What a provider makes a model's request of, besides the messages. */
export function parametersOf(
  { id, tokenLimitParameter }: Pick<Model, 'id' | 'tokenLimitParameter'>,
  sampling: Sampling,
): RequestParameters {
  return { modelId: id, sampling, ...(tokenLimitParameter && { tokenLimitParameter }) }
}
