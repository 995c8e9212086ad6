export interface ReadBody {
  readonly text: string
  /** False when there was more than was allowed: the rest was not read, and the connection is cut. */
  readonly whole: boolean
}

/**
 * Reads a body as text piece by piece, and no more of it than `maxBytes`: a server may send without end.
 *
 * @throws what the connection or the decompression failed with
 */
export async function readBody(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<ReadBody> {
  const decoder = new TextDecoder()
  const parts: string[] = []
  let bytes = 0
  // Leaving the loop cancels the stream, which closes the connection.
  for await (const piece of body ?? []) {
    const room = maxBytes - bytes
    bytes += piece.length
    parts.push(decoder.decode(piece.subarray(0, room), { stream: true }))
    if (piece.length > room) return { text: parts.join(''), whole: false }
  }
  return { text: parts.join('') + decoder.decode(), whole: true }
}
