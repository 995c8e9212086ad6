/** One event of a stream, as the HTML standard defines it (html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface ServerEvent {
  /** `message` if the stream names none. */
  readonly name: string
  /** Its data lines, joined. */
  readonly data: string
}

export interface EventStreamParser {
  /** Takes the next piece of text, cut anywhere. @returns the events that it completes */
  push(text: string): ServerEvent[]
  /** @returns the last event, if the stream ended without the blank line that should follow it */
  end(): ServerEvent[]
}

/**
 * Parses server-sent events. Lines end in CRLF, LF or CR; comments, such as `: OPENROUTER PROCESSING`, ids and retry times are
 * skipped.
 */
export function createEventStreamParser(): EventStreamParser {
  let buffer = ''
  /** A line feed right after it belongs to the same line end, even in the next piece. */
  let endedInReturn = false
  let isFirst = true
  let name = ''
  let data: string[] = []

  function dispatch(): ServerEvent[] {
    const event = { name: name || 'message', data: data.join('\n') }
    const isEmpty = data.length === 0
    name = ''
    data = []
    return isEmpty ? [] : [event]
  }

  function readLine(line: string): ServerEvent[] {
    if (line === '') return dispatch()
    const [, field = '', value = ''] = /^([^:]*)(?:: ?)?(.*)$/s.exec(line) ?? []
    if (field === 'data') data.push(value)
    else if (field === 'event') name = value
    return []
  }

  return {
    push(text) {
      let piece = text
      if (isFirst && piece !== '') {
        piece = piece.replace(/^\uFEFF/, '')
        isFirst = false
      }
      if (endedInReturn && piece.startsWith('\n')) piece = piece.slice(1)
      if (text !== '') endedInReturn = piece === '' ? false : piece.endsWith('\r')
      // Only a piece that ends a line is worth splitting: a line of many megabytes is then read once, not once per piece.
      if (!/[\r\n]/.test(piece)) {
        buffer += piece
        return []
      }
      const lines = (buffer + piece).split(/\r\n|\n|\r/)
      buffer = lines.pop() ?? ''
      return lines.flatMap(readLine)
    },
    end: () => [...(buffer === '' ? [] : readLine(buffer)), ...dispatch()],
  }
}
