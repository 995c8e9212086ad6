import type { ServedBy } from '../answers/served-by.ts'
import { asRecord, asText } from './json.ts'

/** Who answered, by the body of a chat completion: all providers name the model, OpenRouter the host, and some the rest. */
export function readServed(body: unknown): ServedBy {
  const { model, provider, service_tier, system_fingerprint } = asRecord(body)
  return nameServed({ model, host: provider, serviceTier: service_tier, fingerprint: system_fingerprint })
}

/** @param named whatever the body has in these places; only texts are names */
export function nameServed(named: {
  readonly model: unknown
  readonly host?: unknown
  readonly serviceTier: unknown
  readonly fingerprint?: unknown
}): ServedBy {
  const serviceTier = asName(named.serviceTier)
  const fingerprint = asName(named.fingerprint)
  return {
    model: asName(named.model) ?? null,
    host: asName(named.host) ?? null,
    ...(serviceTier !== undefined && { service_tier: serviceTier }),
    ...(fingerprint !== undefined && { system_fingerprint: fingerprint }),
  }
}

/** Names are short: something longer is not one, and must not fill every record. */
const maxLength = 200

function asName(value: unknown): string | undefined {
  const text = asText(value)?.trim()
  return text === undefined || text === '' || text.length > maxLength ? undefined : text
}
