/** Shorter keys are placeholders of local servers (`none`, `EMPTY`), and would match in every other answer. */
const minSecretLength = 8

/** Removes the key from a text, since some providers echo it; OpenAI does so half masked (`sk-ab***wxyz`). */
export function hideKey(text: string, key: string | undefined): string {
  if (key === undefined || key.length < minSecretLength) return text
  return hideMasked(text.replaceAll(key, '[key]'))
}

export function hideInHeaders(headers: Headers, hide: (text: string) => string): Headers {
  return new Headers([...headers].map(([name, value]) => [name, hide(value)]))
}

/**
 * Scans characters one by one to the left and right of each mask, none of them twice: on a long text a regular expression takes
 * quadratic time, or overflows the stack.
 */
function hideMasked(text: string): string {
  const parts: string[] = []
  let doneTo = 0
  for (let mask = text.indexOf('***'); mask >= 0; mask = text.indexOf('***', doneTo)) {
    let from = mask
    while (from > doneTo && isOfKey(text.charCodeAt(from - 1))) from -= 1
    let to = mask
    while (to < text.length && isOfKey(text.charCodeAt(to))) to += 1
    const start = findStart(text, from, mask)
    parts.push(text.slice(doneTo, start ?? to), start === undefined ? '' : '[key]')
    doneTo = to
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(doneTo)
}

/** Where `sk-` begins a word. */
function findStart(text: string, from: number, to: number): number | undefined {
  for (let at = from; at < to; at += 1) {
    if (text.startsWith('sk-', at) && !isOfWord(text.charCodeAt(at - 1))) return at
  }
  return undefined
}

function isOfKey(code: number): boolean {
  return isOfWord(code) || code === 0x2a || code === 0x2d // * -
}

function isOfWord(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || code === 0x5f
}
