import { DamagedRun, type RunFolder } from '../adapters/stores/run-store.ts'
import type { PartialsOf, StoredPartial } from '../domain/answers/partial-answer.ts'
import type { PartialDocument } from './documents.ts'

/**
 * What had come of answers whose streams broke. It is only a help to people, so a damaged file, which `repair` names, does not
 * hide the sample that it belongs to.
 */
export async function listPartials(folder: RunFolder, of: PartialsOf): Promise<PartialDocument[]> {
  try {
    return (await folder.listPartials(of)).map(describePartial)
  } catch (error) {
    if (error instanceof DamagedRun) return []
    throw error
  }
}

function describePartial({ question, ...partial }: StoredPartial): PartialDocument {
  const { reason, asked_at, broke_at, text, reasoning, omitted_characters, request_id } = partial
  return {
    sample: question.sample,
    round: question.round - 1,
    test: question.test_pair,
    reason,
    asked_at,
    broke_at,
    text,
    reasoning,
    omitted_characters,
    request_id,
  }
}
