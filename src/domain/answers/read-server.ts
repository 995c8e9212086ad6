import { asRecord, asText } from '../providers/json.ts'

/** Who answered a request, according to the reply: providers that forward requests name both. */
export interface Server {
  readonly model: string | null
  /** The host behind a router such as OpenRouter. */
  readonly host: string | null
}

/** @param response a stored body of any provider: all of them name the model, and OpenRouter the host. */
export function readServer(response: unknown): Server {
  const { model, provider } = asRecord(response)
  return { model: asText(model) ?? null, host: asText(provider) ?? null }
}
