import { resolve } from 'node:path'
import { findLackOfRoom } from '../../adapters/files/find-lack-of-room.ts'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { Config } from '../../config.ts'
import type { ComparedRun } from '../../domain/compare/compared-run.ts'
import { describeRun, type RunDocument, type RunNumbers } from '../../domain/results/run-document.ts'
import { isOpen, type RunState } from '../../domain/runs/run.ts'
import type { SelectionRule } from '../../domain/selection/selection-rule.ts'
import { createAnalysisReader } from '../../report/create-analysis-reader.ts'
import type { Report } from '../../report/render-whole-report.ts'
import { readComparedRun } from '../../runs/read-compared-run.ts'
import { readNumbers } from '../../runs/read-numbers.ts'
import { recallNumbers } from '../../runs/recall-numbers.ts'
import { readStackStatus } from '../../stack/state/read-stack-status.ts'

/** A run as `--json` prints it, from its files alone. */
export async function documentRun(config: Config, folder: RunFolder, rule?: SelectionRule): Promise<RunDocument> {
  return describe(config, await readNumbers(folder, rule && { rule }))
}

/** As `documentRun`, but from what was counted before where no file has changed since: for a list of many. */
export async function recallRun(config: Config, folder: RunFolder, code: string): Promise<RunDocument> {
  return describe(config, await recallNumbers(folder, code))
}

/** A run with everything that can be said of it, from its files alone. */
export async function analyzeRun(config: Config, folder: RunFolder): Promise<Report> {
  const run = await folder.readRun()
  const { alsoLook, analysis } = createAnalysisReader(run, folder)
  const numbers = await readNumbers(folder, { alsoLook })
  return { document: describe(config, numbers), analysis: analysis(await folder.listItems()) }
}

/** A run with its tasks as comparisons read them, from its files alone. */
export function describeComparedRun(config: Config, folder: RunFolder): Promise<ComparedRun> {
  return readComparedRun(folder, (numbers) => describe(config, numbers))
}

function describe(config: Config, numbers: RunNumbers): RunDocument {
  const document = {
    ...describeRun(numbers, Date.now(), linkToUi(config, numbers.state.temporal)),
    ...locateFiles(config, numbers.state),
  }
  const lack = isOpen(document.state) ? findLackOfRoom(config.dataDir) : undefined
  return lack === undefined ? document : { ...document, waiting_for: lack }
}

/** A run's results file and report as absolute paths. */
export function locateFiles({ dataDir }: Config, { results_file, report_file }: RunState) {
  const locate = (file: string | null) => (file === null ? null : resolve(dataDir, file))
  return { results_path: locate(results_file), report_path: locate(report_file) }
}

/** The run's page in the Temporal UI, where one of ours is up. */
function linkToUi(config: Config, temporal: { namespace: string; workflow_id: string; run_id: string } | null) {
  const ui = readStackStatus(config).status?.addresses.temporalUi
  if (ui === undefined || temporal === null) return null
  const path = [temporal.namespace, 'workflows', temporal.workflow_id, temporal.run_id].map(encodeURIComponent)
  return `${ui}/namespaces/${path.join('/')}`
}
