import { resolve } from 'node:path'
import type { ResultsFiles } from '../adapters/results/results-files.ts'
import { DamagedRun, type RunFolder, type RunStore } from '../adapters/stores/run-store.ts'
import type { ComparedRun } from '../domain/compare/compared-run.ts'
import type { Bottleneck } from '../domain/load/name-bottleneck.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import {
  describeRun,
  type DamagedRunDocument,
  type RunDocument,
  type RunNumbers,
} from '../domain/results/run-document.ts'
import { isOpen, type RunState } from '../domain/runs/run.ts'
import type { SelectionRule } from '../domain/selection/selection-rule.ts'
import { createAnalysisReader } from '../report/create-analysis-reader.ts'
import type { Report } from '../report/render-whole-report.ts'
import { readComparedRun } from './read-compared-run.ts'
import type { ReadGate } from './read-gate.ts'
import { readNumbers } from './read-numbers.ts'
import { recallNumbers } from './recall-numbers.ts'

/** What a run's document says that is not in the run's files. */
export interface RunSurroundings {
  /** Where results files are found. */
  readonly results: Pick<ResultsFiles, 'locate'>
  /** The address of this data folder's Temporal UI, where it is up. */
  readonly findTemporalUi: () => string | undefined
  /** What the workers of this data folder wait for. */
  readonly readBottleneck: () => Promise<Bottleneck | undefined>
  /** What the requests of a run wait for before they are sent. */
  readonly readGate: ReadGate
  /** Names the code that counts (`hashCode()`): numbers that other code kept are counted again. */
  readonly code: string
}

/** Runs read at once for a list: each reads several records at once. */
const runsAtOnce = 4

/**
 * A run as `--json` prints it and the page shows it, from its files alone.
 *
 * @param rule by which attempts are selected, where it is not the standard one
 * @throws {DamagedRun} where its numbers cannot be read
 */
export async function readRunDocument(
  folder: RunFolder,
  surroundings: RunSurroundings,
  rule?: SelectionRule,
): Promise<RunDocument> {
  return document(await readNumbers(folder, rule && { rule }), folder, surroundings)
}

/** As `readRunDocument`, but from the numbers that were kept where no file has changed since. */
async function recallRunDocument(folder: RunFolder, surroundings: RunSurroundings): Promise<RunDocument> {
  return document(await recallNumbers(folder, surroundings.code), folder, surroundings)
}

/** All runs, newest first. A run that cannot be read is an entry among the others that says why. */
export async function listRunDocuments(
  store: RunStore,
  surroundings: RunSurroundings,
): Promise<(RunDocument | DamagedRunDocument)[]> {
  return mapConcurrently(await store.listRuns(), runsAtOnce, async (runId) => {
    try {
      return await recallRunDocument(await store.openRun(runId), surroundings)
    } catch (error) {
      if (!(error instanceof DamagedRun)) throw error
      return describeDamagedRun(error)
    }
  })
}

function describeDamagedRun({ runId, file, place, problem }: DamagedRun): DamagedRunDocument {
  return { run_id: runId, state: 'damaged', damage: [{ file, place, message: problem }] }
}

/** A run's document together with the analysis of its answers: all that a report shows. */
export async function readReport(folder: RunFolder, surroundings: RunSurroundings): Promise<Report> {
  const { alsoLook, analysis } = createAnalysisReader(await folder.readRun(), folder)
  const numbers = await readNumbers(folder, { alsoLook })
  return { document: await document(numbers, folder, surroundings), analysis: analysis(await folder.listItems()) }
}

/** A run's document together with its tasks, for comparing it with others. */
export function describeComparedRun(folder: RunFolder, surroundings: RunSurroundings): Promise<ComparedRun> {
  return readComparedRun(folder, (numbers) => describe(numbers, folder, surroundings))
}

/** A run's results file and report as absolute paths. */
export function locateFiles(
  folder: RunFolder,
  { results_file, report_file }: RunState,
  { results }: Pick<RunSurroundings, 'results'>,
) {
  return {
    results_path: results_file === null ? null : results.locate(results_file),
    report_path: report_file === null ? null : resolve(folder.locate('report.md')),
  }
}

async function document(numbers: RunNumbers, folder: RunFolder, surroundings: RunSurroundings): Promise<RunDocument> {
  if (!isOpen(numbers.state.state)) return describe(numbers, folder, surroundings)
  const [gate, bottleneck] = await Promise.all([surroundings.readGate(folder.runId), surroundings.readBottleneck()])
  const described = describe(numbers, folder, surroundings, bottleneck)
  return gate === null ? described : { ...described, gate_wait: gate }
}

function describe(
  numbers: RunNumbers,
  folder: RunFolder,
  surroundings: RunSurroundings,
  bottleneck?: Bottleneck,
): RunDocument {
  const { state } = numbers
  const temporalUi = linkToWorkflow(state.temporal, surroundings.findTemporalUi())
  const described = {
    ...describeRun(numbers, Date.now(), { temporalUi, bottleneck }),
    ...locateFiles(folder, state, surroundings),
  }
  const lack = isOpen(state.state) ? folder.findLackOfRoom() : undefined
  return lack === undefined ? described : { ...described, waiting_for: lack }
}

/** The run's page in the Temporal UI. @param ui its address, where it is up */
export function linkToWorkflow(temporal: RunState['temporal'], ui: string | undefined): string | null {
  if (ui === undefined || temporal === null) return null
  const path = [temporal.namespace, 'workflows', temporal.workflow_id, temporal.run_id].map(encodeURIComponent)
  return `${ui}/namespaces/${path.join('/')}`
}
