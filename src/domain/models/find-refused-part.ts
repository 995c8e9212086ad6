import { generalizeReason } from './generalize-reason.ts'
import type { FailedRequest } from './model-failure.ts'

/** A part that every request of a run has, and that a model may not take. */
export type RequestPart = 'system-role' | 'temperature' | 'token-limit' | 'reasoning-effort' | 'stream'

/*
 * Providers refuse a part of a request with a status that may mean anything and in words of their own, which is why rejections
 * are compared rather than interpreted. A few words can only be about something that every request has. Real bodies that
 * were reported for OpenAI, Azure, Gemini, Anthropic, Mistral, vLLM, TGI and llama.cpp are in `fixtures/refusals.json`. The
 * words are read without what pydantic repeats of the request, and never those about the length of a prompt.
 */

/** The part of its request that a provider refused, if its words name one. */
export function findRefusedPart({ status, message, details = '' }: FailedRequest): RequestPart | undefined {
  if (status === undefined) return undefined
  const words = generalizeReason(`${message} ${details}`)
  if (streamRefusingStatuses.has(status) && refusingWords.test(words) && streamWords.test(words)) return 'stream'
  if (!refusingStatuses.has(status)) return undefined
  if (systemRoleWords.test(words)) return 'system-role'
  if (!refusingWords.test(words)) return undefined
  if (temperatureWords.test(words)) return 'temperature'
  if (tokenLimitWords.test(words) && !lengthWords.test(words)) return 'token-limit'
  return reasoningWords.test(words) ? 'reasoning-effort' : undefined
}

/** llama.cpp answers 500 when a chat template raises. */
const refusingStatuses = new Set([400, 422, 500])

const streamRefusingStatuses = new Set([400, 403, 422])

const systemRoleWords = new RegExp(
  [
    'system role (is )?not supported',
    'roles must alternate',
    'only user and assistant roles are supported',
    "does not support '?(system|developer)",
    '(unsupported|unexpected|invalid) role:? [\'"`]?(system|developer)',
    'role [\'"`]?(system|developer)[\'"`]? (is )?not (supported|allowed)',
    '(system|developer) (messages?|prompts?|instructions?) (is|are) not (supported|allowed|enabled)',
    '[\'"`](system|developer)[\'"`] is not one of',
  ].join('|'),
  'i',
)

const refusingWords = new RegExp(
  [
    'unsupported',
    'unrecognized',
    'unknown',
    'not support',
    'deprecated',
    'not permitted',
    'not (yet )?allowed',
    'no longer',
    'cannot be',
    'must be',
    'may only be',
    'only the default',
    'too large',
    'extra inputs',
    'should be',
  ].join('|'),
  'i',
)

/** Never of an answer, which may be about streams: words of a request's field, or of asking for one. */
const streamWords =
  /\bstream_options\b|['"`]stream['"`]|\bstreaming (requests? |mode )?(is|are)\b|\bto stream this model\b/i
const temperatureWords = /\btemperature\b/i
const tokenLimitWords = /\bmax_(completion_|output_)?tokens\b/i
/** A limit that is refused together with a prompt may be right for a shorter one. */
const lengthWords = /\b(prompt|inputs?(?! should be)|context|messages)\b|at least/i
const reasoningWords = /\breasoning_effort\b|\breasoning\.effort\b|\beffort parameter\b|\boutput_config\b|\bthinking\b/i
