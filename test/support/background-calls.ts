import { responses } from './dialects/responses.ts'
import type { RecordedRequest, Reply } from './fake-provider.ts'

/** A response that the provider works on, whoever listens. */
export interface KeptCall {
  readonly id: string
  readonly acceptedAtMs: number
  /** When its answer was first given to somebody who looked. */
  fetchedAtMs: number | undefined
  isCancelled: boolean
  readonly request: RecordedRequest
}

export interface BackgroundCallsOptions {
  /** How long each answer takes. */
  readonly durationMs: number
  readonly text?: string
  readonly reasoning?: string
  /** Whether the provider has forgotten a call. */
  readonly forgets?: (call: KeptCall) => boolean
  /** Replaces the reply to a request; `undefined` leaves it as it is. */
  readonly disturb?: (request: RecordedRequest) => Reply | undefined
}

/** The background mode of OpenAI's Responses API, for a fake provider: `POST /responses`, `GET /responses/ID`, `…/cancel`. */
export function createBackgroundCalls(options: BackgroundCallsOptions) {
  const calls = new Map<string, KeptCall>()

  function render(call: KeptCall): Reply {
    const ageMs = Date.now() - call.acceptedAtMs
    const reply = responses.renderReply({
      pieces: [options.text ?? 'Hello.'],
      reasoning: options.reasoning ?? '',
      nth: call.request.nth,
      model: call.request.body.model,
      promptTokens: 10,
      completionTokens: 20,
    })
    const open = { ...reply, id: call.id, background: true, output: [], usage: null }
    if (call.isCancelled) return { status: 200, body: { ...open, status: 'cancelled' } }
    if (ageMs < options.durationMs) {
      return { status: 200, body: { ...open, status: ageMs < options.durationMs / 4 ? 'queued' : 'in_progress' } }
    }
    call.fetchedAtMs ??= Date.now()
    return { status: 200, body: { ...reply, id: call.id, background: true } }
  }

  function reply(request: RecordedRequest): Reply {
    const disturbed = options.disturb?.(request)
    if (disturbed !== undefined) return disturbed
    const [, id, ending] = /\/responses(?:\/([^/?]+)(\/cancel)?)?(?:\?.*)?$/.exec(request.path) ?? []
    if (id === undefined) return accept(request)
    const call = calls.get(id)
    if (call === undefined || options.forgets?.(call)) {
      const error = { message: `Response with id '${id}' not found.`, type: 'invalid_request_error', code: null }
      return { status: 404, body: { error } }
    }
    if (ending !== undefined && Date.now() - call.acceptedAtMs < options.durationMs) call.isCancelled = true
    return render(call)
  }

  function accept(request: RecordedRequest): Reply {
    if (request.body['background'] !== true) {
      return { text: options.text ?? 'Hello.', reasoning: options.reasoning ?? '' }
    }
    const id = `resp_${request.nth}`
    const call = { id, acceptedAtMs: Date.now(), fetchedAtMs: undefined, isCancelled: false, request }
    calls.set(id, call)
    return render(call)
  }

  return { reply, calls: calls as ReadonlyMap<string, KeptCall> }
}
