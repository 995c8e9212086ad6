/** Shorter ones are the placeholders of local servers (`none`, `EMPTY`), and would be found in every other answer. */
const minSecretLength = 8

/** A text without the key that was sent, which some providers echo; OpenAI does so half masked (`sk-ab***wxyz`). */
export function hideKey(text: string, key: string | undefined): string {
  if (key === undefined || key.length < minSecretLength) return text
  return hideMasked(text.replaceAll(key, '[key]'))
}

/**
 * Letters are looked at one by one, to the left and right of each mask and never twice: a regular expression takes time by the
 * square of a long text, or more stack than there is.
 */
function hideMasked(text: string): string {
  const parts: string[] = []
  let done = 0
  for (let mask = text.indexOf('***'); mask >= 0; mask = text.indexOf('***', done)) {
    let from = mask
    while (from > done && isOfKey(text.charCodeAt(from - 1))) from -= 1
    let to = mask
    while (to < text.length && isOfKey(text.charCodeAt(to))) to += 1
    const start = findStart(text, from, mask)
    parts.push(text.slice(done, start ?? to), start === undefined ? '' : '[key]')
    done = to
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(done)
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
