import { canonicalJson } from '../canonical-json.ts'
import type { Answer } from './answer.ts'

/**
 * Who answered a request, as far as the reply says. One name of a model may stand for several hosts, snapshots and
 * configurations, and their answers differ.
 */
export interface ServedBy {
  /** The model's name in the reply, often a dated snapshot. */
  readonly model: string | null
  /** The host behind a router such as OpenRouter. */
  readonly host: string | null
  readonly service_tier?: string
  /** Changes with the provider's configuration (OpenAI and others). */
  readonly system_fingerprint?: string
  /** The address that answered, if the model has several. */
  readonly base_url?: string
}

const servedByNobody: ServedBy = { model: null, host: null }

/** @param readServed of the provider that the answer came from */
export function whoServed(
  { rejected, response, served_by }: Pick<Answer, 'rejected' | 'response' | 'served_by'>,
  readServed: (response: unknown) => ServedBy,
): ServedBy {
  if (rejected !== null) return servedByNobody
  return served_by ?? readServed(response)
}

/** Each once, without those of whom nothing is known. */
export function listServers(servers: readonly ServedBy[]): ServedBy[] {
  const known = servers.filter((server) => Object.values(server).some((name) => name !== null))
  return [...new Map(known.map((server) => [canonicalJson(server), server])).values()]
}
