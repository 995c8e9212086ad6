/** The fields of a JSON object or array; none if it is something else. Foreign bodies are read with these three, and never trusted. */
export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** Deeper than any provider nests. JSON of any depth can be parsed, but some thousand levels cannot be written again. */
const maxDepth = 100

export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth >= maxDepth || Object.values(value).some((part) => isTooDeep(part, depth + 1))
}
