import { MalformedInput } from '../domain/malformed-input.ts'
import { describeRun, type RunNumbers } from '../domain/results/run-document.ts'
import type { RunState, RunStateName } from '../domain/runs/run.ts'
import { createAnalysisReader } from '../report/create-analysis-reader.ts'
import { renderWholeReport, reportFormats } from '../report/render-whole-report.ts'
import type { ActivityContext } from './dependencies.ts'
import { saveResults } from './save-results.ts'

export interface FinishInput {
  readonly runId: string
  readonly state: RunStateName
  /** Why it ended, if the state does not make that obvious. */
  readonly reason: string | null
  /** ISO 8601, by the workflow's clock: a repeated attempt records the same end. */
  readonly endedAt: string
}

/** How the run really ended. */
export type FinishedRun = Pick<RunState, 'state' | 'reason'>

/**
 * Saves what a run has: the rest of the partial file, a results file, the report, and last the state that marks the end. If the
 * results cannot be written, the state says so, and the run keeps everything until somebody makes room and resumes it.
 */
export function createFinish(context: ActivityContext) {
  return async function finish(input: FinishInput): Promise<FinishedRun> {
    try {
      return await save(context, input)
    } catch (error) {
      if (!(error instanceof MalformedInput)) throw error
      return noteDamage(context, input, error)
    }
  }
}

/** If a file of the run is damaged there are no numbers to report. The state says so; otherwise the run would stay open forever. */
async function noteDamage(
  context: ActivityContext,
  { runId, reason, endedAt }: FinishInput,
  damage: MalformedInput,
): Promise<FinishedRun> {
  const { folder } = await context.readRun(runId)
  const before = await folder.readState()
  const failed: RunState = {
    ...before,
    state: 'failed',
    reason: joinReasons(
      reason,
      `The results cannot be written: ${damage.message}. \`npx arcloom resume ${runId}\` repairs as much as possible.`,
    ),
    ending: null,
    open_seconds: addOpenSeconds(before, endedAt),
    ended_at: endedAt,
    updated_at: context.now().toISOString(),
  }
  await folder.putState(failed)
  return { state: failed.state, reason: failed.reason }
}

async function save(
  context: ActivityContext,
  { runId, state: ending, reason, endedAt }: FinishInput,
): Promise<FinishedRun> {
  const open = await context.readRun(runId)
  const { folder } = open
  const recorded = new Set(await folder.listRecorded())
  const items = open.items.map((item) => item.key).filter((key) => recorded.has(key))
  const { alsoLook, analysis } = createAnalysisReader(open.run, folder)
  const recordedAt = new Map<string, string>()
  const numbers = await context.readNumbers(folder, {
    async alsoLook(item, task, record) {
      if (record) recordedAt.set(item.key, record.recorded_at)
      await alsoLook(item, task, record)
    },
  })
  const before = numbers.state
  const untouched = open.items.length - items.length - numbers.failures.length
  const unanswered = explainUnanswered(numbers)
  const state = nameEnd(ending, untouched, unanswered)
  const results = await saveResults(context, open, items, numbers, state, endedAt, recordedAt)
  const ended = {
    ...before,
    state: results.unwritable === null ? state : ('failed' as const),
    reason: joinReasons(reason, ending === 'complete' ? unanswered : null, results.unwritable),
    ending: null,
    items: { total: open.items.length, recorded: items.length, failed: numbers.failures.length },
    open_seconds: addOpenSeconds(before, endedAt),
    ended_at: endedAt,
    updated_at: context.now().toISOString(),
    results_file: results.file,
    report_file: `runs/${runId}/report.md`,
  }
  const document = describeRun({ ...numbers, state: ended }, Date.parse(endedAt))
  const report = { document, analysis: analysis(open.items) }
  for (const format of reportFormats) await folder.putReport(`report.${format}`, renderWholeReport(report, format))
  await folder.sweep()
  await folder.putState(ended)
  return { state: ended.state, reason: ended.reason }
}

/** A repeated attempt finds the end already recorded and adds nothing. */
function addOpenSeconds({ open_seconds, ended_at, opened_at }: RunState, endedAt: string): number {
  return open_seconds + (ended_at === endedAt ? 0 : secondsBetween(opened_at, endedAt))
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from)) / 1000
}

function joinReasons(...reasons: readonly (string | null)[]): string | null {
  return reasons.filter((reason) => reason !== null).join(' ') || null
}

/**
 * A run that got not a single answer has measured nothing, whatever the rejections say. `0.0 %` would be a lie.
 *
 * @returns the provider's message
 */
function explainUnanswered({ ledger }: RunNumbers): string | null {
  if (ledger.stored > 0 || ledger.rejections.length === 0) return null
  const reasons = ledger.rejections.slice(0, maxReasons).map(({ reason, count }) => `${count} × ${reason}`)
  return `Nothing was answered, every request was rejected: ${reasons.join('; ')}`
}

const maxReasons = 3

/** A period that covered only some of the items (the failed ones) does not complete a run that has others left. */
function nameEnd(ending: RunStateName, untouched: number, unanswered: string | null): RunStateName {
  if (ending !== 'complete') return ending
  // Checked first: continuing with the others would end the same way.
  if (unanswered !== null) return 'failed'
  return untouched > 0 ? 'interrupted' : 'complete'
}
