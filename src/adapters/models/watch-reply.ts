import { renderDuration } from '../../domain/format.ts'
import type { FailedRequest } from '../../domain/models/model-failure.ts'

/** How long a reply may take. */
export interface Patience {
  /** From sending the request to the last byte of a whole reply, or to the first event of a stream. */
  readonly timeoutMs: number
  /** Between two pieces of a stream that has begun, be they only comments. */
  readonly maxSilenceMs: number
  /** From sending the request to the last byte of a stream. */
  readonly maxStreamMs: number
}

export const standardPatience: Patience = {
  // Reasoning models take that long, and some say nothing until they have finished thinking.
  timeoutMs: 20 * 60_000,
  maxSilenceMs: 5 * 60_000,
  maxStreamMs: 2 * 60 * 60_000,
}

/** Watches how long one reply takes. */
export interface ReplyWatch {
  /** Aborts when it takes too long. */
  readonly signal: AbortSignal
  /** Why it took too long; undefined if it did not. */
  readonly failure: FailedRequest | undefined
  /** A piece of a stream came. @param isEvent false for comments, which only keep the connection open */
  heard(this: void, isEvent: boolean): void
  close(): void
}

/*
 * A model that writes for half an hour is at work as long as pieces come, and one that has stopped in the middle need not be waited
 * for that long. So a whole reply has one time-out, and a stream that has begun has two: for the silence between its pieces, and
 * for all of it, since a server may send comments for ever.
 */
export function watchReply({ timeoutMs, maxSilenceMs, maxStreamMs }: Patience): ReplyWatch {
  const controller = new AbortController()
  const startedAtMs = performance.now()
  let failure: FailedRequest | undefined
  let silence: NodeJS.Timeout | undefined
  const giveUp = (reason: FailedRequest) => () => {
    failure ??= reason
    controller.abort(new Error(reason.message))
  }
  let total = setTimeout(giveUp(timedOut), timeoutMs)
  return {
    signal: controller.signal,
    get failure() {
      return failure
    },
    heard(isEvent) {
      silence?.refresh()
      if (!isEvent || silence !== undefined) return
      clearTimeout(total)
      total = setTimeout(giveUp(tooLong(maxStreamMs)), maxStreamMs - (performance.now() - startedAtMs))
      silence = setTimeout(giveUp(tooSilent(maxSilenceMs)), maxSilenceMs)
    },
    close() {
      clearTimeout(total)
      clearTimeout(silence)
    },
  }
}

const timedOut: FailedRequest = { code: 'timeout', message: 'no complete reply within the time-out', headers: {} }

function tooSilent(maxSilenceMs: number): FailedRequest {
  const message = `the stream broke off: nothing came for ${renderDuration(maxSilenceMs / 1000)}`
  return { code: 'timeout', message, headers: {}, reply: 'cut' }
}

function tooLong(maxStreamMs: number): FailedRequest {
  const message = `the stream was still going on after ${renderDuration(maxStreamMs / 1000)}`
  return { code: 'timeout', message, headers: {}, reply: 'cut' }
}
