import { count, inflect } from '../../domain/count.ts'
import { renderCost, renderDuration } from '../../domain/format.ts'
import { isOpen } from '../../domain/runs/run.ts'
import type { Progress } from '../../runs/read-progress.ts'

/** How far a run is, for people. */
export interface ProgressView {
  readonly runId: string
  /** What the run is called where there is no room for its id: its model. */
  readonly label: string
  /** In the order in which they are shown. */
  readonly facts: readonly Fact[]
  /** What it waits for, what is wrong, what can be done: whole sentences, most urgent first. */
  readonly words: readonly string[]
}

interface Fact {
  readonly text: string
  /** Where there is no room for all facts, the one with the least weight goes first. */
  readonly weight: number
}

export function renderProgress(runId: string, progress: Progress, nowMs: number): ProgressView {
  const { state, model, total, recorded, failed, solved, stored, wanted, unit, ledger } = progress
  const sinceOpenedMs = state.ended_at === null ? nowMs - Date.parse(state.opened_at) : 0
  const seconds = state.open_seconds + Math.max(0, sinceOpenedMs) / 1000
  const rejected = ledger.rejections.reduce((sum, { count }) => sum + count, 0)
  const cost = renderSpent(ledger)
  const facts: Fact[] = [
    ...(state.state === 'running' ? [] : [{ text: state.state, weight: 9 }]),
    { text: `${recorded}/${total} ${inflect(total, 'task')}`, weight: 10 },
    { text: `${stored}${wanted === null ? '' : `/${wanted}`} ${inflect(wanted ?? stored, unit)}`, weight: 1 },
    ...(unit === 'answer' ? [{ text: `${solved} solved`, weight: 8 }] : []),
    ...(failed > 0 ? [{ text: `${failed} failed`, weight: 7 }] : []),
    ...(rejected > 0 ? [{ text: `${rejected} rejected`, weight: 6 }] : []),
    ...(cost === '' ? [] : [{ text: cost, weight: 5 }]),
    { text: renderDuration(seconds), weight: 2 },
  ]
  return { runId, label: model ?? '', facts, words: listWords(runId, progress, nowMs).map(cleanWords) }
}

function renderSpent({ cost_usd, known_usd }: Progress['ledger']): string {
  if (cost_usd === null) return known_usd > 0 ? `at least ${renderCost(known_usd)}` : 'cost unknown'
  return cost_usd > 0 ? renderCost(cost_usd) : ''
}

/** A provider may take minutes for an answer; after this long without any, people wonder. */
const patienceMs = 30_000

function listWords(runId: string, progress: Progress, nowMs: number): string[] {
  const { state, ledger } = progress
  if (!isOpen(state.state)) return state.reason === null ? [] : [state.reason]
  const { last_failure: failure, rejections, in_flight } = ledger
  const rejection = rejections[0] === undefined ? [] : [`rejected: ${rejections[0].reason}`]
  // Nothing is sent again from here on, so what failed is not tried again either.
  if (failure?.stops_run) return [`stopping: ${failure.reason}`, ...describeEnding(runId, progress, nowMs)]
  const held = progress.heldBack === null ? [] : [progress.heldBack]
  if (state.ending !== null) return [...held, ...describeEnding(runId, progress, nowMs), ...rejection]
  const waiting = [...held, ...describeWait(runId, progress, nowMs)]
  if (state.state === 'paused') {
    const inFlight = in_flight.count > 0 ? `, waiting for ${count(in_flight.count, 'request')} in flight` : ''
    return [`paused${inFlight}. To go on: npx arcloom unpause ${runId}`, ...waiting]
  }
  const retrying =
    failure === null ? [] : [`trying again: ${joinSentences(failure.reason, describeOutage(runId, progress, nowMs))}`]
  return [...waiting, ...retrying, ...rejection]
}

function describeEnding(runId: string, { state, ledger }: Progress, nowMs: number): string[] {
  const { count: waiting, oldest_at } = ledger.in_flight
  if (state.ending === 'cancel') return ['cancelling: requests in flight are cut']
  if (oldest_at === null) return ['ending: saving what is there']
  const waitedMs = nowMs - Date.parse(oldest_at)
  const wait = `ending: waiting for ${count(waiting, 'request')} in flight`
  if (waitedMs < patienceMs) return [wait]
  return [
    `${wait}, the oldest for ${renderWait(waitedMs)}. To cut ${inflect(waiting, 'it', 'them')}: npx arcloom cancel ${runId}`,
  ]
}

/** Says how long everything has failed, and that nobody need do anything; of a first answer, what to do if none will come. */
function describeOutage(runId: string, { stored, ledger: { failing_since } }: Progress, nowMs: number): string {
  const failingMs = failing_since === null ? 0 : nowMs - Date.parse(failing_since)
  if (failingMs < patienceMs) return ''
  const waiting = `Nothing was answered for ${renderWait(failingMs)}; the run goes on by itself when something is`
  if (stored > 0) return waiting
  return `${waiting}. If the address is wrong, end the run and start it with another --base-url: npx arcloom interrupt ${runId}`
}

/** Says how long nothing came, and what can be done. */
function describeWait(runId: string, { state, ledger }: Progress, nowMs: number): string[] {
  const { in_flight, last_reply_at } = ledger
  if (in_flight.oldest_at === null) return []
  const quietSince = [in_flight.oldest_at, state.opened_at, last_reply_at ?? ''].reduce((a, b) => (a > b ? a : b))
  const quietMs = nowMs - Date.parse(quietSince)
  if (quietMs < patienceMs) return []
  const waited = renderWait(nowMs - Date.parse(in_flight.oldest_at))
  const oldest =
    in_flight.count === 1
      ? `the request in flight has waited ${waited}`
      : `the oldest of ${in_flight.count} requests in flight has waited ${waited}`
  return [
    `no answer for ${renderWait(quietMs)}; ${oldest}. To end the run: npx arcloom interrupt ${runId}, or cancel not to wait for what is in flight`,
  ]
}

function joinSentences(first: string, second: string): string {
  return second === '' ? first : `${first.replace(/\.$/, '')}. ${second}`
}

/** Whole seconds: it is said once a second. */
function renderWait(ms: number): string {
  return renderDuration(Math.max(10, Math.floor(ms / 1000)))
}

/** Words of providers may hold anything, and what moves the cursor must not reach a terminal. */
function cleanWords(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
}
