/**
 * How a provider takes many requests at once, answers them within a day and charges less. Everything that differs between
 * providers is here; when a batch is sent, waited for, paid and stored is the same for all and lives elsewhere.
 *
 * Bodies come from the network: code that reads them trusts nothing. Every call may throw `ModelRequestFailed`.
 */
export interface Batching {
  readonly limits: BatchLimits
  /** What a request in a batch costs, in relation to one sent alone, if the provider documents it. The registry's `serviceTiers.batch` counts first. */
  readonly priceFactor?: number
  /** One request as text, for the body that carries the batch. No line feed in it. */
  build(this: void, request: BatchRequest): string
  /** Everything before the call that makes the provider work and charge. @returns what `submit` needs of it */
  prepare?(this: void, calls: BatchCalls, batch: OutgoingBatch): Promise<string>
  /** Sends the batch. Whether it arrived is uncertain if this fails without a status. @param prepared what `prepare` returned */
  submit(this: void, calls: BatchCalls, batch: OutgoingBatch, prepared: string | undefined): Promise<BatchProgress>
  /** How far a batch has come. */
  find(this: void, calls: BatchCalls, id: string): Promise<BatchProgress>
  /** Looks for a batch that was sent, if it is not known whether it arrived. */
  look(this: void, calls: BatchCalls, lost: LostBatch): Promise<Sighting>
  /** The results of a batch that has ended, in any order. Requests may be missing from them. */
  collect(this: void, calls: BatchCalls, id: string): AsyncIterable<BatchResult>
  /** Asks the provider to stop working on a batch. Absent if it cannot. */
  cancel?(this: void, calls: BatchCalls, id: string): Promise<void>
}

export interface BatchLimits {
  readonly maxRequests: number
  /** Of the body that carries the batch. */
  readonly maxBytes: number
}

export interface BatchRequest {
  /** Letters, digits and dashes, at most 64: all providers allow that. */
  readonly customId: string
  /** The path of a single request. */
  readonly path: string
  /** The body of a single request. */
  readonly body: Readonly<Record<string, unknown>>
}

/** The HTTP calls that a provider's code may make, to the model's own address and with its key. */
export interface BatchCalls {
  /** @returns the body, as JSON */
  get(this: void, path: string): Promise<unknown>
  post(this: void, path: string, body: object): Promise<unknown>
  /** Sends a body that is too large to hold in memory. */
  postText(this: void, path: string, text: LongText): Promise<unknown>
  /** Reads JSON lines, one by one. Lines that are no JSON are left out. */
  readLines(this: void, path: string): AsyncIterable<unknown>
}

export interface LongText {
  readonly contentType: string
  readonly bytes: number
  pieces(this: void): AsyncIterable<string>
}

/** A batch to be sent. */
export interface OutgoingBatch {
  /** Unique among all batches, and the beginning of all its custom ids. */
  readonly label: string
  readonly modelId: string
  /** The path of a single request. */
  readonly path: string
  readonly count: number
  /** Of all lines together, without anything between them. */
  readonly bytes: number
  /** The requests, as `build` wrote them. */
  lines(this: void): AsyncIterable<string>
}

/** A batch of which we do not know whether it arrived. */
export interface LostBatch {
  readonly label: string
  readonly count: number
  /** When it was sent, in milliseconds since 1970. */
  readonly sentMs: number
  /** Ids of other batches that are known. */
  readonly knownIds: readonly string[]
}

/** `absent`: the provider does not have it. `wait`: it may be one that is being worked on, which will tell. `unclear`: the provider cannot tell. */
export type Sighting = { readonly id: string } | 'absent' | 'wait' | 'unclear'

export interface BatchProgress {
  readonly id: string
  /** `refused`: the provider processed none of it, and says why. */
  readonly state: 'working' | 'ended' | 'refused'
  readonly counts: BatchCounts
  readonly refusal?: BatchRefusal
}

export interface BatchCounts {
  readonly done: number
  readonly failed: number
}

export interface BatchRefusal {
  readonly reason: string
  /** The provider has too much waiting already: it may be sent later, or in smaller parts. */
  readonly tooMuch?: true
}

export interface BatchResult {
  readonly customId: string
  readonly result: RequestResult
}

/** What came of one request of a batch. `unprocessed`: nothing, and nothing is charged. */
export type RequestResult =
  | { readonly kind: 'answered'; readonly body: unknown; readonly requestId?: string }
  | { readonly kind: 'failed'; readonly status: number; readonly body: unknown; readonly requestId?: string }
  | { readonly kind: 'unprocessed'; readonly reason: string }
