import { setTimeout as sleep } from 'node:timers/promises'
import { CallLost } from '../../../domain/models/call-lost.ts'
import { classifyModelFailure, ModelRequestFailed, type FailedRequest } from '../../../domain/models/model-failure.ts'
import type { Background, Provider } from '../../../domain/providers/provider.ts'
import { parseBody, type Received } from '../http/exchange.ts'
import type { ModelReply } from '../model-client.ts'
import { readReply } from '../read-reply.ts'
import { findPollPauseMs, spreadMs } from './poll-pause.ts'

/** A call that the provider has accepted and answers in its own time. */
export interface BackgroundCall {
  readonly provider: Provider
  readonly background: Background
  readonly id: string
  readonly sentAtMs: number
  /** Asks the provider how the call is. @throws {ModelRequestFailed} */
  readonly look: (signal: AbortSignal) => Promise<Received>
  /** How many calls are waited for at the same time. */
  readonly countCalls: () => number
  /** Gets what people may be told while they wait. */
  readonly say: (doing: string) => void
}

/** Longer than any answer takes, so that no call is waited for without end. */
const maxCallMs = 24 * 60 * 60_000

/**
 * Waits until the provider has finished a call. Looking costs nothing and changes nothing, so a look that fails (no connection,
 * 500, 429) is made again for as long as the call may still be answered.
 *
 * @param pause whether to wait before the first look
 * @throws {CallLost} if the provider does not know the call
 * @throws {ModelRequestFailed} if the call failed; with `stillOpen` if nobody can look until a person acts
 * @throws the signal's reason when it was aborted
 */
export async function waitForCall(call: BackgroundCall, pause: boolean, signal: AbortSignal): Promise<ModelReply> {
  const { provider, background, id, sentAtMs, countCalls, say } = call
  let failures = 0
  // After a crash, all calls of a worker are looked for at once.
  let pauseMs = pause ? findPollPauseMs(0, 0, countCalls()) : spreadMs(countCalls() - 1)
  for (;;) {
    if (pauseMs > 0) await sleep(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted())
    const callMs = Date.now() - sentAtMs
    if (callMs > maxCallMs) throw new ModelRequestFailed(tooLong)
    const look = await lookOnce(call, signal)
    const state = 'text' in look ? background.readCall(parseBody(look.text)) : undefined
    if ('text' in look && state?.isPending === false) return readReply(provider, look.text, look.headers)
    failures = state === undefined ? failures + 1 : 0
    const words = 'reason' in look ? look.reason : 'an unreadable reply'
    say(
      `${provider.name} has ${id}${state === undefined ? `, and does not say how it is: ${words}` : `: ${state.status}`}`,
    )
    pauseMs = Math.max(('afterMs' in look && look.afterMs) || 0, findPollPauseMs(callMs, failures, countCalls()))
  }
}

type Look = Received | { readonly reason: string; readonly afterMs?: number }

/** @returns why it failed, if it may succeed when it is made again */
async function lookOnce({ look, id }: BackgroundCall, signal: AbortSignal): Promise<Look> {
  try {
    return await look(signal)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof ModelRequestFailed)) throw error
    const { failed } = error
    if (failed.reply === 'too-large') throw error
    if (isUnknownCall(failed, id)) throw new CallLost(failed.message)
    const failure = classifyModelFailure(failed, Date.now())
    if (failure.kind !== 'try-again') throw new ModelRequestFailed({ ...failed, stillOpen: true })
    return failure
  }
}

const tooLong: FailedRequest = { code: 'timeout', message: 'no answer within 24 hours', headers: {} }

/** A wrong address is a 404 as well; only words about this very call mean that it is gone. */
function isUnknownCall({ status, message }: FailedRequest, id: string): boolean {
  if (status !== 404 && status !== 410) return false
  return message.includes(id) || /\bresponse\b.*\bnot found\b/i.test(message)
}
