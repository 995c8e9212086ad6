/** What a fake model wrote in reply to one request. */
export interface Written {
  /** In the pieces in which a stream sends it. */
  readonly pieces: readonly string[]
  readonly reasoning: string
  /** The request's number. */
  readonly nth: number
  readonly model: string
  readonly promptTokens: number
  readonly completionTokens: number
}

/** How a stream ends: as it should; the connection is cut; it stays open; an error comes in the middle. */
export type StreamEnd = 'whole' | 'cut' | 'open' | { readonly error: string }

/** One provider's protocol, as its server writes it. */
export interface Dialect {
  renderReply(this: void, written: Written): Record<string, unknown>
  /**
   * The events of the same reply, each as it is sent. Of a stream that does not end as it should, only what came before.
   *
   * @param parts replace parts of the reply
   */
  listEvents(this: void, written: Written, end: StreamEnd, parts: Readonly<Record<string, unknown>>): string[]
}

/** Without a name, as OpenAI's chat completions have them. */
export function renderEvent(data: unknown, name?: string): string {
  const line = typeof data === 'string' ? data : JSON.stringify(data)
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${line}\n\n`
}
