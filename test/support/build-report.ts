import { createTaskGathering, type ComparedRun } from '../../src/domain/compare/compared-run.ts'
import { createRunCounter } from '../../src/domain/results/count-run.ts'
import { describeRun } from '../../src/domain/results/run-document.ts'
import { totalLedger } from '../../src/domain/runs/ledger.ts'
import type { ItemRecord } from '../../src/domain/runs/record.ts'
import type { RunStateName } from '../../src/domain/runs/run.ts'
import type { AskingSpecification } from '../../src/domain/runs/specification.ts'
import type { ItemReference } from '../../src/domain/tasks/item.ts'
import { createRunAnalysis } from '../../src/report/analyze-run.ts'
import type { Report } from '../../src/report/render-whole-report.ts'
import { buildRecord, type SampleFacts } from './build-record.ts'
import { buildNewRun, buildPairs } from './build-run.ts'

interface ReportOptions {
  readonly runId?: string
  readonly costUsd?: number
  /** The state of the run; without it the run has ended. */
  readonly state?: RunStateName
  /** Keys of items that were given up. */
  readonly failed?: readonly string[]
  readonly specification?: Partial<AskingSpecification>
  /** What the samples of every record explained. */
  readonly reasonings?: readonly string[]
  /** A change to each record. */
  readonly change?: (record: ItemRecord) => ItemRecord
}

function nameItem(index: number): ItemReference {
  const name = `task-${index}`
  return { key: name, task_id: name, version: 0, hash: String(index), dataset: 'own', split: 'training' }
}

/** A run of items with these samples, two each, in all its forms. An item without samples is not recorded. */
export function buildReport(
  items: readonly (readonly SampleFacts[])[],
  {
    runId = 'run',
    costUsd = 0,
    specification,
    reasonings,
    state: stateName,
    failed = [],
    change = (record) => record,
  }: ReportOptions = {},
): Report & ComparedRun {
  const { run, state } = buildNewRun({ runId, items: items.length, specification: { samples: 2, ...specification } })
  const counter = createRunCounter(run)
  const analysis = createRunAnalysis(run)
  const gathering = createTaskGathering()
  for (const [index, samples] of items.entries()) {
    const [item, task] = [nameItem(index), buildPairs(index)]
    const record = samples.length === 0 ? undefined : change(buildRecord(item, task, samples))
    counter.add(item, task, record)
    analysis.add(item, task, record, reasonings)
    gathering.add(item, task, record)
  }
  const numbers = {
    run,
    state: { ...state, ended_at: state.started_at, ...(stateName && { state: stateName }) },
    counts: counter.counts(),
    ledger: { ...totalLedger([]), cost_usd: costUsd },
    answers: 0,
    wanted: 0,
    failures: failed.map((item) => ({ item, reason: 'nothing came', at: state.started_at })),
  }
  return {
    run,
    document: describeRun(numbers, 0),
    analysis: analysis.analysis(items.map((_, index) => nameItem(index))),
    tasks: gathering.list(),
  }
}
