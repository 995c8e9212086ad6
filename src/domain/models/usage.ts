/** Tokens as counted by the provider; null if it did not say, or said something implausible. */
export interface Usage {
  readonly prompt_tokens: number | null
  readonly completion_tokens: number | null
}

export const noUsage: Usage = { prompt_tokens: 0, completion_tokens: 0 }

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    prompt_tokens: addKnown(a.prompt_tokens, b.prompt_tokens),
    completion_tokens: addKnown(a.completion_tokens, b.completion_tokens),
  }
}

/** A sum from which parts can be taken out again; unknown as long as one of its parts is. */
export function createUsageSum(): { add(usage: Usage, times?: 1 | -1): void; total(): Usage } {
  const fields = ['prompt_tokens', 'completion_tokens'] as const
  const sums = { prompt_tokens: { known: 0, unknown: 0 }, completion_tokens: { known: 0, unknown: 0 } }
  return {
    add(usage, times = 1) {
      for (const field of fields) {
        const tokens = usage[field]
        if (tokens === null) sums[field].unknown += times
        else sums[field].known += times * tokens
      }
    },
    total() {
      const { prompt_tokens: prompt, completion_tokens: completion } = sums
      return {
        prompt_tokens: prompt.unknown > 0 ? null : prompt.known,
        completion_tokens: completion.unknown > 0 ? null : completion.known,
      }
    },
  }
}

/** The sum of costs; null, which means unknown, as soon as one of them is. */
export function addCost(a: number | null, b: number | null): number | null {
  return addKnown(a, b)
}

/** All tokens of a request or of many; null as soon as one part is unknown. */
export function totalTokens({ prompt_tokens, completion_tokens }: Usage): number | null {
  return addKnown(prompt_tokens, completion_tokens)
}

function addKnown(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}
