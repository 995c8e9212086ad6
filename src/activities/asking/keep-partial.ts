import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { shortenPartial, type StoredPartial } from '../../domain/answers/partial-answer.ts'
import type { ModelRequestFailed } from '../../domain/models/model-failure.ts'

/**
 * Keeps what had come of an answer, if anything had. It is a help to people and not worth a failure: a full disk, for example, keeps
 * nothing.
 */
export async function keepPartial(
  folder: RunFolder,
  { partial, paid }: ModelRequestFailed,
  about: Omit<StoredPartial, 'text' | 'reasoning' | 'omitted_characters' | 'request_id'>,
): Promise<void> {
  if (partial === undefined) return
  await folder
    .putPartial({ ...about, ...shortenPartial(partial), request_id: paid?.requestId ?? null })
    .catch(() => undefined)
}
