import { z } from 'zod'
import { readJsonBy } from '../../adapters/files/read-json-by.ts'
import { keyOf } from '../../adapters/stores/inspect-run.ts'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { isFree } from '../../domain/models/price-call.ts'
import { isVerification, type RunRecord, type RunState } from '../../domain/runs/run.ts'
import { defaultControls } from '../../domain/runs/specification.ts'
import { beginState } from '../begin-state.ts'

/**
 * The state of a run whose `state.json` is lost: its copy, with what is recorded counted again. Without a copy the run is
 * complete when every item is recorded, else open: whether its workflow still is, opening it will show.
 *
 * @returns undefined where the budget of a run that costs money is not known
 */
export async function rebuildState(folder: RunFolder, budgetUsd: number | undefined): Promise<RunState | undefined> {
  if ((await folder.findFault('run.json')) ?? (await folder.findFault('items.json'))) return undefined
  const [run, items] = await Promise.all([folder.readRun(), folder.listItems()])
  const recordedKeys = new Set((await folder.listFiles('records')).map(keyOf))
  const failedKeys = (await folder.listFiles('failures')).map(keyOf).filter((key) => !recordedKeys.has(key))
  const counts = { total: items.length, recorded: recordedKeys.size, failed: failedKeys.length }
  const at = new Date().toISOString()
  const copy = await folder.findCopy('state.json')
  if (copy) return { ...copy, items: counts, updated_at: at }
  if (budgetUsd === undefined && costsMoney(run)) return undefined
  const controls = { ...defaultControls, budget_usd: budgetUsd ?? null }
  const isComplete = recordedKeys.size + failedKeys.length >= items.length
  const freshState = beginState(controls, items.length, run.created_at)
  return {
    ...freshState,
    ...(await readReportedFiles(folder)),
    state: isComplete ? 'complete' : 'running',
    items: counts,
    ended_at: isComplete ? at : null,
    updated_at: at,
  }
}

/** Where the last report says that the results are. */
async function readReportedFiles(folder: RunFolder): Promise<Pick<RunState, 'results_file' | 'report_file'>> {
  const text = await folder.findReport('report.json')
  const reading = text === undefined ? undefined : readJsonBy(reportSchema, text, 'report.json')
  return reading && 'value' in reading ? reading.value : { results_file: null, report_file: null }
}

const reportSchema = z.object({ results_file: z.string().nullable(), report_file: z.string().nullable() })

function costsMoney(run: RunRecord): boolean {
  if (isVerification(run)) return false
  const { prices } = run.model
  return prices === undefined || !isFree(prices)
}
