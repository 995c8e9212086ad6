// Other (format, surrogate) and control characters, by which text could steer a terminal or hide from a reader.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}]/gu

/**
 * A program's text made safe to show: without invisible characters (new lines and tabs stay), at most so many bytes of UTF-8.
 */
export function cleanText(text: string, maxBytes: number): string {
  const visibleText = text.replaceAll(unseen, (character) =>
    character === '\n' || character === '\t' ? character : '',
  )
  // A stream decoder drops the incomplete character at the end.
  return new TextDecoder().decode(Buffer.from(visibleText).subarray(0, maxBytes), { stream: true })
}
