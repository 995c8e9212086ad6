/** Tokens as the provider counted them. */
export interface Usage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
}

export const noUsage: Usage = { prompt_tokens: 0, completion_tokens: 0 }

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    prompt_tokens: a.prompt_tokens + b.prompt_tokens,
    completion_tokens: a.completion_tokens + b.completion_tokens,
  }
}

/** The sum of costs; null, which means unknown, as soon as one of them is. */
export function addCost(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}
