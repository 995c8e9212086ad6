import type { LongText, OutgoingBatch } from './batching.ts'

export interface Frame {
  readonly contentType: string
  readonly before: string
  readonly between: string
  readonly after: string
}

/** One body around the lines of a batch, whose length is known before any line is written. */
export function frameLines(batch: Pick<OutgoingBatch, 'count' | 'bytes' | 'lines'>, frame: Frame): LongText {
  const { contentType, before, between, after } = frame
  const length = (text: string) => new TextEncoder().encode(text).length
  return {
    contentType,
    bytes: length(before) + batch.bytes + length(between) * Math.max(0, batch.count - 1) + length(after),
    async *pieces() {
      yield before
      let isFirst = true
      for await (const line of batch.lines()) {
        yield isFirst ? line : between + line
        isFirst = false
      }
      yield after
    },
  }
}
