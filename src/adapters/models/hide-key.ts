/** Shorter ones are the placeholders of local servers (`none`, `EMPTY`), and would be found in every other answer. */
const shortestSecret = 8

/**
 * A copy of a JSON value without the key that was sent, however deep a provider echoed it; the value itself when it does
 * not hold it. OpenAI's half-masked form of a refused key (`sk-ab***wxyz`) is taken out too.
 */
export function hideKey<Value>(value: Value, key: string | undefined): Value {
  if (key === undefined || key.length < shortestSecret) return value
  return walk(value, (text) => text.replaceAll(key, '[key]').replace(/\bsk-[\w-]*\*{3,}[\w*-]*/g, '[key]')) as Value // walk keeps every shape
}

function walk(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((part: unknown) => walk(part, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [change(name), walk(part, change)]))
}
