import type { FailedRequest } from './model-failure.ts'

/*
 * Most rate limits are per model. OpenAI's, Groq's and others' messages name the model, although they name the organization too
 * reached for gpt-4o in organization org-… on tokens per min"), and their `x-ratelimit-…` headers count for that model alone.
 * Anthropic's words name the organization alone, but its limits are per model. What OpenRouter passes on from the provider
 * behind it is on that provider's model. So a limit is on the model unless the words say otherwise:
 *
 * - OpenRouter's own limits by `limit_source`: `openrouter_in_flight_budget`, `openrouter_free_tier_…`; older replies have the
 *   words `free-models-per-min`
 * - Moonshot: "Your account org-… request reached organization max RPM", "Organization Rate limit exceeded"
 * - GitHub Models: "Rate limit of 2 per 0s exceeded for UserConcurrentRequests", but "… for UserByModelByMinute" is a model's
 */

/** Whether a provider says that a rate limit is on the key or the account, and so on all of its models. */
export function isAboutWholeKey({ code = '', message, details = '' }: FailedRequest): boolean {
  if (code.startsWith('openrouter_')) return true
  const words = `${message} ${details}`
  return wholeKeyWords.test(words) && !oneModelWords.test(words)
}

const wholeKeyWords = new RegExp(
  [
    'free-models-per-',
    '(your|this) (account|api key)\\b.{0,120}\\b(reached|exceeded|limit)',
    'organization (max|rate limit)',
    'max organization',
    '(across|over) all models',
    '\\bUser(ConcurrentRequests|ByMinute|ByDay)\\b',
  ].join('|'),
  'i',
)

const oneModelWords = /\bUserByModel|\b(for|to|on) (this|the) model\b|\blimit reached for \S+ in organization/i
