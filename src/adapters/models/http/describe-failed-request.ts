import type { FailedRequest } from '../../../domain/models/model-failure.ts'
import { asRecord, asText } from '../../../domain/providers/json.ts'

/** Why no reply came at all. */
export function describeUnanswered(error: unknown): FailedRequest {
  const { code, message, syscall } = findCause(error)
  return {
    ...(code !== undefined && { code }),
    message: `no reply: ${message}`,
    headers: {},
    // There was no connection, or none that could be trusted with the request.
    ...((syscall === 'connect' || syscall === 'getaddrinfo' || (code && neverSentCodes.test(code))) && {
      neverSent: true,
    }),
  }
}

const neverSentCodes = /^(?:ERR_INVALID_|ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

/** What went wrong while receiving a reply. */
export function describeCutReply(error: unknown, encoding: string | null): FailedRequest {
  const { code = '', message } = findCause(error)
  // When the connection ends early, the decompressor reports an unexpected end.
  const undecodable =
    /^(?:Z_|ZSTD_|ERR_+(?:BROTLI|ERROR|ZSTD)?)/.test(code) && encoding !== null && code !== 'Z_BUF_ERROR'
  return undecodable
    ? {
        status: 200,
        code,
        message: `the reply says that it is ${encoding} and is not (${message})`,
        headers: {},
        reply: 'undecodable',
      }
    : { code, message: `the reply broke off: ${message}`, headers: {}, reply: 'cut' }
}

export function describeTooLarge(megabytes: number): FailedRequest {
  return {
    status: 200,
    message:
      `the reply is longer than ${megabytes} MB; the rest was not read; ` +
      'raise limits.maxReplyMegabytes of the model in arcloom.models.json',
    headers: {},
    reply: 'too-large',
  }
}

/**
 * The innermost error says what happened (`connect ECONNREFUSED 127.0.0.1:8000`); the errors around it only say that something
 * did.
 */
function findCause(error: unknown): {
  readonly code: string | undefined
  readonly message: string
  readonly syscall: string | undefined
} {
  const { cause, code, message, syscall } = asRecord(error)
  if (typeof cause === 'object' && cause !== null) return findCause(cause)
  return {
    code: asText(code),
    message: asText(message) || asText(code) || String(error),
    syscall: asText(syscall),
  }
}
