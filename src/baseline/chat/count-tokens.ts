/** Bytes that count as one token. Close to real tokenisers for English and code, and needs none. */
const bytesPerToken = 4

/** Tokens by a rule that anyone can check: UTF-8 bytes divided by four, rounded up. */
export function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken)
}

/** The longest start of a text with at most this many tokens; no character is cut in two. */
export function cutToTokens(text: string, maxTokens: number): string {
  if (countTokens(text) <= maxTokens) return text
  const bytes = Buffer.from(text)
    .subarray(0, maxTokens * bytesPerToken)
    .toString()
  return bytes.replace(/\uFFFD+$/, '')
}
