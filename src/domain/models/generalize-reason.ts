/**
 * A provider's words without the parts that differ from request to request, so that equal causes compare equal: request ids,
 * times, and the value that pydantic repeats in its `input` (FastAPI, vLLM). Plain numbers stay: a limit is the same in every
 * reply, the length of a prompt is not.
 */
export function generalizeReason(reason: string): string {
  return reason.replace(repeatedInput, '').replace(namedId, '…').replace(time, '…').replace(id, '…')
}

const repeatedInput = /"input":[^]*?(?="(?:ctx|url)":|[}\]]|$)/g

const time = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.]*(?:Z|[+-]\d\d:?\d\d)?/g

/** `request id: 20261127041500123Xq3bT9ka`: whatever its form, it is said to be one. */
const namedId = /\b(?:request|trace)[ _-]?id["']?[ \t]*[:=][ \t]*["']?[\w-]+/gi

/** `req_7dc1f0ab93`, `chatcmpl-9xYz`, a UUID, a long hash, a long number. */
const id =
  /\b(?:(?:req|request|trace|gen|chatcmpl|cmpl)[-_][\w-]{4,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?=[a-f]*\d)[\da-f]{16,}|\d{12,})\b/gi
