import { ModelRequestFailed } from '../../models/model-failure.ts'
import { asRecord, asText } from '../json.ts'

/** The id of what was made. @throws {ModelRequestFailed} if a reply names none */
export function needId(body: unknown): string {
  const id = asText(asRecord(body)['id'])
  if (id) return id
  throw new ModelRequestFailed({ status: 200, message: 'the reply names no id', headers: {}, reply: 'broken' })
}
