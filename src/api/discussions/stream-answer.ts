import type { AnswerEvent } from '../documents.ts'
import type { LiveAnswer } from './create-discussing.ts'

/** An answer as it comes: JSON lines, the last one of type `end` or `not-stored`. A reader who leaves does not stop it. */
export function streamAnswer(discussion: string, answer: LiveAnswer): Response {
  const encoder = new TextEncoder()
  let isOpen = true
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (event: AnswerEvent) => {
        if (!isOpen) return
        controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`))
        if (event.type !== 'end' && event.type !== 'not-stored') return
        isOpen = false
        controller.close()
      }
      send({ type: 'begun', discussion, question: answer.question })
      answer.listen(send)
    },
    cancel() {
      isOpen = false
    },
  })
  // Proxies would hold lines back until they have enough of them.
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson', 'x-accel-buffering': 'no' } })
}
