import { describe, expect, test } from '@jest/globals'
import { readBody } from './read-body.ts'

function stream(pieces: readonly string[]) {
  let sent = 0
  let cancelled = false
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[sent]
        if (piece === undefined) return controller.close()
        sent += 1
        controller.enqueue(Buffer.from(piece, 'latin1'))
      },
      cancel() {
        cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { body, sent: () => sent, cancelled: () => cancelled }
}

describe('readBody', () => {
  test('joins characters split between two chunks', async () =>
    expect(await readBody(stream(['a\xc3', '\xa4b']).body, 100)).toEqual({ text: 'aäb', whole: true }))

  test('accepts a body of exactly the maximum length', async () =>
    expect(await readBody(stream(['abc', 'de']).body, 5)).toEqual({ text: 'abcde', whole: true }))

  test('stops at the limit, reads no further and closes the connection', async () => {
    const { body, sent, cancelled } = stream(['abc', 'def', 'ghi', 'jkl'])
    expect(await readBody(body, 5)).toEqual({ text: 'abcde', whole: false })
    expect(sent()).toBe(2)
    expect(cancelled()).toBe(true)
  })

  test('returns an empty text when there is no body', async () =>
    expect(await readBody(null, 5)).toEqual({ text: '', whole: true }))
})
