/** Flags that have other names in the Python original. */
const renamed: Readonly<Record<string, string>> = {
  '--model-identifier': '--model',
  '--max-concurrent': '--max-concurrent-tasks',
}

/**
 * Makes command lines of the Python original work unchanged: underscores for dashes in flag names, and the original's names.
 * Values are left alone, and so is everything after `--`.
 */
export function normalizeArguments(words: readonly string[]): string[] {
  const end = words.indexOf('--')
  const flags = end < 0 ? words : words.slice(0, end)
  return [...flags.map(normalizeFlag), ...(end < 0 ? [] : words.slice(end))]
}

function normalizeFlag(word: string): string {
  if (!word.startsWith('--')) return word
  const equals = word.indexOf('=')
  const name = (equals < 0 ? word : word.slice(0, equals)).replaceAll('_', '-')
  return (renamed[name] ?? name) + (equals < 0 ? '' : word.slice(equals))
}
