import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { Model, Sampling } from '../../domain/models/model-spec.ts'
import { parametersOf } from '../../domain/models/parameters-of.ts'
import type { Batching } from '../../domain/providers/batches/batching.ts'
import { findApi } from '../../domain/providers/providers.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import { readEarlierReplies } from '../asking/send-request.ts'

/** One request as it stands in a batch. The same whenever it is rendered: a batch stores only what it is rendered from. */
export async function renderBatched(
  folder: RunFolder,
  { build }: Batching,
  customId: string,
  model: Model,
  sampling: Sampling,
  messages: readonly Message[],
): Promise<string> {
  const { path, renderRequest } = findApi(model)
  const earlierReplies = await readEarlierReplies(folder, messages)
  return build({
    customId,
    path,
    body: renderRequest({ ...parametersOf(model, sampling), messages, ...(earlierReplies && { earlierReplies }) }).body,
  })
}
