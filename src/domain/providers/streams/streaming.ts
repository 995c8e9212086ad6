import type { ServerEvent } from './parse-event-stream.ts'

/** How a provider sends a reply in pieces. */
export interface Streaming {
  /** Fields of a request's body that ask for a stream. They are no part of an answer's key. */
  readonly parameters: Readonly<Record<string, unknown>>
  begin(this: void): StreamedBody
}

/**
 * Puts a streamed reply together, event by event, into the body that the provider would have sent without streaming. So whatever
 * reads bodies also reads streamed ones, and stored answers look the same either way.
 */
export interface StreamedBody {
  /** Never throws: an event that it cannot read adds nothing. @returns what the model wrote in this event */
  add(event: ServerEvent): Delta
  /** The provider's name for the call, as soon as an event has it. */
  readonly id: string | undefined
  /** As far as it has come. An error that came in the stream is in it. */
  readonly body: Readonly<Record<string, unknown>>
  /** Whether the provider has marked the end. A stream that closes earlier was cut off. */
  readonly isWhole: boolean
}

/** What one event adds to an answer. */
export interface Delta {
  readonly text: string
  readonly reasoning: string
}

export const noDelta: Delta = { text: '', reasoning: '' }
