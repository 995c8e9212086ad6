import type { Progress } from '../client/read-progress.ts'
import { renderCost, renderDuration } from '../domain/report/render-report.ts'

/** One line that says how far a run is. */
export function renderProgress(runId: string, progress: Progress, nowMs: number): string {
  const { state, total, recorded, failed, solved, stored, wanted, unit, costUsd, waitingFor } = progress
  const sinceOpenedMs = state.ended_at === null ? nowMs - Date.parse(state.opened_at) : 0
  const seconds = state.open_seconds + Math.max(0, sinceOpenedMs) / 1000
  const parts = [
    `${recorded}/${total} tasks`,
    `${stored}${wanted === null ? '' : `/${wanted}`} ${unit}`,
    ...(unit === 'answers' ? [`${solved} solved`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(costUsd === null || costUsd > 0 ? [costUsd === null ? 'cost unknown' : renderCost(costUsd)] : []),
    renderDuration(seconds),
    ...(state.ending === 'interrupt' ? ['ending: what is in flight is let finish'] : []),
    ...(state.ending === 'cancel' ? ['cancelling'] : []),
    ...(state.state === 'paused' ? ['paused'] : []),
    ...(waitingFor === null ? [] : [`trying again: ${shorten(waitingFor)}`]),
  ]
  return `${runId}: ${parts.join(' · ')}`
}

const longestReason = 80

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > longestReason ? `${line.slice(0, longestReason - 1)}…` : line
}
