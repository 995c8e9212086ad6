import { count, inflect } from '../../domain/count.ts'
import { renderCost, renderDuration } from '../../domain/format.ts'
import type { Bottleneck } from '../../domain/load/name-bottleneck.ts'
import { selectBottleneck } from '../../domain/load/select-bottleneck.ts'
import { isOpen } from '../../domain/runs/run.ts'
import type { RunProgress } from '../../runs/read-run-progress.ts'

/** A run's progress, for people. */
export interface ProgressView {
  readonly runId: string
  /** A shorter name if the id does not fit: the model. */
  readonly label: string
  /** In display order. */
  readonly facts: readonly Fact[]
  /** What it is waiting for, what is wrong, what to do: whole sentences, most urgent first. */
  readonly words: readonly string[]
}

interface Fact {
  readonly text: string
  /** If not all facts fit, the one with the least weight is dropped first. */
  readonly weight: number
}

/** @param bottleneck what the workers wait for */
export function renderProgress(
  runId: string,
  progress: RunProgress,
  nowMs: number,
  bottleneck?: Bottleneck,
): ProgressView {
  const { state, model, total, recorded, failed, solved, stored, wanted, unit, ledger } = progress
  const sinceOpenedMs = state.ended_at === null ? nowMs - Date.parse(state.opened_at) : 0
  const seconds = state.open_seconds + Math.max(0, sinceOpenedMs) / 1000
  const rejected = ledger.rejections.reduce((sum, { count }) => sum + count, 0)
  const cost = renderSpent(ledger)
  const limit = selectBottleneck(bottleneck, progress.gateWait)
  const facts: Fact[] = [
    ...(state.state === 'running' ? [] : [{ text: state.state, weight: 9 }]),
    { text: `${recorded}/${total} ${inflect(total, 'task')}`, weight: 10 },
    { text: `${stored}${wanted === null ? '' : `/${wanted}`} ${inflect(wanted ?? stored, unit)}`, weight: 1 },
    ...(unit === 'answer' ? [{ text: `${solved} solved`, weight: 8 }] : []),
    ...(failed > 0 ? [{ text: `${failed} failed`, weight: 7 }] : []),
    ...(rejected > 0 ? [{ text: `${rejected} rejected`, weight: 6 }] : []),
    ...(cost === '' ? [] : [{ text: cost, weight: 5 }]),
    { text: renderDuration(seconds), weight: 2 },
    ...(limit !== null && state.state === 'running' ? [{ text: `limited by ${limit.name}`, weight: 3 }] : []),
  ]
  return { runId, label: model ?? '', facts, words: listWords(runId, progress, nowMs).map(cleanWords) }
}

function renderSpent({ cost_usd, known_usd }: RunProgress['ledger']): string {
  if (cost_usd === null) return known_usd > 0 ? `at least ${renderCost(known_usd)}` : 'cost unknown'
  return cost_usd > 0 ? renderCost(cost_usd) : ''
}

/** Providers may take minutes to answer; after this long without any answer, people wonder. */
const patienceMs = 30_000

function listWords(runId: string, progress: RunProgress, nowMs: number): string[] {
  const { state, ledger } = progress
  // The report that follows gives the reason.
  if (!isOpen(state.state)) return []
  const { last_failure: failure, rejections, in_flight } = ledger
  const rejection = rejections[0] === undefined ? [] : [`rejected: ${rejections[0].reason}`]
  // Nothing is sent from here on, so the failure is not retried either.
  if (failure?.stops_run) return [`stopping: ${failure.reason}`, ...describeEnding(runId, progress, nowMs)]
  const held = progress.heldBack === null ? [] : [progress.heldBack]
  if (state.ending !== null) return [...held, ...describeEnding(runId, progress, nowMs), ...rejection]
  const gate = progress.gateWait === null ? [] : [progress.gateWait]
  const { batches } = progress
  const wait =
    batches.length > 0 ? batches.map((words) => `waiting for batch ${words}`) : describeWait(runId, progress, nowMs)
  const waiting = [...held, ...gate, ...wait]
  if (state.state === 'paused') {
    const inFlight = in_flight.count > 0 ? `, waiting for ${count(in_flight.count, 'request')} in flight` : ''
    return [`paused${inFlight}. To continue: npx arcloom unpause ${runId}`, ...waiting]
  }
  const retrying =
    failure === null ? [] : [`trying again: ${joinSentences(failure.reason, describeOutage(runId, progress, nowMs))}`]
  return [...waiting, ...retrying, ...rejection]
}

function describeEnding(runId: string, { state, ledger }: RunProgress, nowMs: number): string[] {
  const { count: waiting, oldest_at } = ledger.in_flight
  if (state.ending === 'cancel') return ['cancelling: cutting off requests in flight']
  if (oldest_at === null) return ['ending: saving the results']
  const waitedMs = nowMs - Date.parse(oldest_at)
  const wait = `ending: waiting for ${count(waiting, 'request')} in flight`
  if (waitedMs < patienceMs) return [wait]
  return [
    `${wait}, the oldest for ${renderWait(waitedMs)}. To cut ${inflect(waiting, 'it', 'them')} off: npx arcloom cancel ${runId}`,
  ]
}

/** Says how long everything has failed, and that nobody needs to act; for a first answer, what to do if none ever comes. */
function describeOutage(runId: string, { stored, ledger: { failing_since } }: RunProgress, nowMs: number): string {
  const failingMs = failing_since === null ? 0 : nowMs - Date.parse(failing_since)
  if (failingMs < patienceMs) return ''
  const waiting = `No answer for ${renderWait(failingMs)}; the run continues by itself once there is one`
  if (stored > 0) return waiting
  return `${waiting}. If the address is wrong, end the run and start it with another --base-url: npx arcloom interrupt ${runId}`
}

/** Says how long nothing has come, and what to do. */
function describeWait(runId: string, { state, ledger }: RunProgress, nowMs: number): string[] {
  const { in_flight, last_reply_at } = ledger
  if (in_flight.oldest_at === null) return []
  const quietSince = [in_flight.oldest_at, state.opened_at, last_reply_at ?? ''].reduce((a, b) => (a > b ? a : b))
  const quietMs = nowMs - Date.parse(quietSince)
  if (quietMs < patienceMs) return []
  const waited = renderWait(nowMs - Date.parse(in_flight.oldest_at))
  const oldest =
    in_flight.count === 1
      ? `the request in flight has been waiting ${waited}`
      : `the oldest of ${in_flight.count} requests in flight has been waiting ${waited}`
  return [
    `no answer for ${renderWait(quietMs)}; ${oldest}. To end the run: npx arcloom interrupt ${runId}, or cancel to end it without waiting`,
  ]
}

function joinSentences(first: string, second: string): string {
  return second === '' ? first : `${first.replace(/\.$/, '')}. ${second}`
}

/** Whole seconds: this is shown once a second. */
function renderWait(ms: number): string {
  return renderDuration(Math.max(10, Math.floor(ms / 1000)))
}

/** Providers' messages may contain anything, and cursor movements must not reach a terminal. */
function cleanWords(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
}
