/** Bytes that count as one token. Near what tokenisers make of English and code, and known without one. */
const bytesPerToken = 4

/** Tokens by a rule that anybody can check: UTF-8 bytes divided by four, rounded up. */
export function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken)
}

/** The longest beginning of a text that is no more than so many tokens; no character is cut in two. */
export function cutToTokens(text: string, maxTokens: number): string {
  if (countTokens(text) <= maxTokens) return text
  const cut = Buffer.from(text)
    .subarray(0, maxTokens * bytesPerToken)
    .toString()
  return cut.replace(/\uFFFD+$/, '')
}
