import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A request that cannot be fulfilled. The message is for people: what was given, and what is allowed. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: ContentfulStatusCode
  readonly type: string
  /** The place in the request: `grid[3]`. */
  readonly place: string | undefined

  constructor(status: ContentfulStatusCode, type: string, message: string, place?: string) {
    super(message)
    this.status = status
    this.type = type
    this.place = place
  }
}
