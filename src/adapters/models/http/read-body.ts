export interface ReadBody {
  readonly text: string
  /** False if the body was longer than allowed: the rest is not read, and the connection is closed. */
  readonly whole: boolean
}

/**
 * Reads a body piece by piece, at most `maxBytes` of it: a server may send without end.
 *
 * @param onText gets each piece of text as it comes, never half a character
 * @throws the error of the connection or the decompression
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  onText?: (text: string) => void,
): Promise<ReadBody> {
  const decoder = new TextDecoder()
  const parts: string[] = []
  const take = (text: string) => {
    if (onText) onText(text)
    else parts.push(text)
  }
  let bytes = 0
  // Leaving the loop cancels the stream, which closes the connection.
  for await (const piece of body ?? []) {
    const room = maxBytes - bytes
    bytes += piece.length
    take(decoder.decode(piece.subarray(0, room), { stream: true }))
    if (piece.length > room) return { text: parts.join(''), whole: false }
  }
  take(decoder.decode())
  return { text: parts.join(''), whole: true }
}
