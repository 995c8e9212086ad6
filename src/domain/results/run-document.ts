import { count } from '../count.ts'
import type { Bottleneck } from '../load/name-bottleneck.ts'
import type { Usage } from '../models/usage.ts'
import type { LedgerTotals, Rejections } from '../runs/ledger.ts'
import type { ProgramLimits } from '../runs/program-limits.ts'
import type { ReadingFault } from '../runs/program-to-verify.ts'
import type { SandboxDescription } from '../runs/record.ts'
import {
  isVerification,
  limitsOf,
  type ItemFailure,
  type RunRecord,
  type RunState,
  type RunStateName,
} from '../runs/run.ts'
import type { RunKind } from '../runs/specification.ts'
import { intervalSettings } from '../scores/interval.ts'
import type { SplitScores } from '../scores/score-tallies.ts'
import type { ProgramCounts, RunCounts } from './count-run.ts'
import type { ServedCounts } from './count-served.ts'

/** The document that `--json` prints for a run. Fields may be added, none renamed: scripts read it. */
export interface RunDocument {
  readonly run_id: string
  readonly group: string
  readonly kind: RunKind
  /** Null in a verification, which asks no model. */
  readonly recipe: string | null
  readonly model: string | null
  readonly state: RunStateName
  readonly reason: string | null
  readonly tasks: { readonly total: number; readonly done: number; readonly failed: number }
  /** `wanted`: the first requests of all samples. `stored`: answers, including later rounds. `repaid`: requests sent again for a sample whose earlier request was lost in flight. */
  readonly samples: { readonly wanted: number; readonly stored: number; readonly repaid: number }
  /** `in_flight`: sent and not settled. A run that has ended has none; lost requests count as `repaid` once they are sent again. */
  readonly requests: {
    readonly sent: number
    readonly failed: number
    readonly rejected: number
    readonly in_flight: number
  }
  /** Batches whose answers are waited for, or will be when the run goes on, in words. */
  readonly batches: readonly string[]
  /** Why the provider refused requests, most frequent first. */
  readonly rejections: readonly Rejections[]
  readonly verdicts: Readonly<Record<string, number>>
  readonly outcomes: Readonly<Record<string, number>>
  readonly usage: Usage
  /** Null if the cost of a settled request is unknown. */
  readonly cost_usd: number | null
  /** The sum of the known costs. */
  readonly cost_at_least_usd: number
  /** The same, with lost requests and those of unknown cost at their maximum; null if one has no maximum. */
  readonly cost_at_most_usd: number | null
  /** What people should know about the costs, with the number of requests concerned. */
  readonly warnings: readonly string[]
  /** Verifications only: the given programs, and the results of those that ran. */
  readonly programs?: ProgramCounts
  /** Verifications only: tasks with at least one program that is wrong on a pair. */
  readonly failing_task_ids?: readonly string[]
  /** Verifications only: for each of these tasks, what is wrong with its first such program, in words. */
  readonly first_faults?: RunCounts['firstFaults']
  /** Verifications only: number of programs given numpy arrays, because they asked for them or are wrong on lists. */
  readonly programs_on_arrays?: number
  /** Verifications only: entries that could not be read, and are in none of the numbers. */
  readonly faults?: readonly ReadingFault[]
  /** Per dataset and split, over all items of the run; null if there is nothing to score. */
  readonly scores: readonly SplitScores[] | null
  /** For an unfinished run: over the recorded items only. Null if all are recorded, or none, or there is nothing to score. */
  readonly recorded_scores: readonly SplitScores[] | null
  /** Selection rule used, and how the intervals were computed. */
  readonly scoring: {
    readonly selection_rule: RunCounts['selectionRule']
    readonly intervals: typeof intervalSettings
  }
  /** All items of the run, by whether they are solved and, if not, what is to blame. */
  readonly resolutions: RunCounts['resolutions']
  readonly solved_task_ids: readonly string[]
  readonly unsolved_task_ids: readonly string[]
  /** What ran the programs: level of the sandbox, interpreter, versions. One, unless workers differ. */
  readonly sandboxes: readonly SandboxDescription[]
  /** Who answered, as far as replies say; null in a verification. */
  readonly served: ServedCounts | null
  /** The limits of each program. */
  readonly limits: ProgramLimits
  readonly failed_items: readonly ItemFailure[]
  /** An oracle's count, never a score: tasks with a right sample, selected or not. */
  readonly any_sample_right: number
  readonly open_seconds: number
  readonly started_at: string
  readonly ended_at: string | null
  readonly results_file: string | null
  readonly report_file: string | null
  /** The same two as absolute paths, in the output of commands. Absent in files, which may be moved with their folder. */
  readonly results_path?: string | null
  readonly report_path?: string | null
  readonly temporal_ui: string | null
  /** The latest failed request with nothing after it: what an open run is waiting for. */
  readonly waiting_for: string | null
  /** What requests of an open run wait for before they are sent, such as a place or a provider's limit. Absent if none waits. */
  readonly gate_wait?: string
  /** When the oldest request in flight was sent; null if there is none. */
  readonly waiting_since: string | null
  /** Since when every request of an open run has failed; null if the last one did not. */
  readonly failing_since: string | null
  /** What the pace of an open run is limited by, as its workers measured in the last seconds; null if unknown. */
  readonly limited_by: Bottleneck | null
  /** How an open run is being ended, if it is. */
  readonly ending: RunState['ending']
  /** What is wrong with its files, if the numbers can still be computed. Absent if nothing is. */
  readonly damage?: readonly Damage[]
}

/** A file of a run that is missing or malformed. */
export interface Damage {
  readonly file: string
  /** Within the file, such as `samples[0].chosen` or `line 3`; empty for the whole file. */
  readonly place: string
  readonly message: string
}

/** The document printed for a run whose numbers cannot be computed. */
export interface DamagedRunDocument {
  readonly run_id: string
  readonly state: 'damaged'
  readonly damage: readonly Damage[]
}

export interface RunNumbers {
  readonly run: RunRecord
  readonly state: RunState
  readonly counts: RunCounts
  readonly ledger: LedgerTotals
  readonly answers: number
  /** Requests per item and sample, summed over the items; for a verification, its programs. */
  readonly wanted: number
  readonly failures: readonly ItemFailure[]
  readonly batches?: readonly string[]
  readonly damage?: readonly Damage[]
}

/** What only a running stack knows of a run. */
export interface RunningStack {
  /** The run's page in the Temporal UI. */
  readonly temporalUi?: string | null
  /** What its workers wait for. */
  readonly bottleneck?: Bottleneck | undefined
}

/** Builds the document from a run's files. Everything is recomputed from records and ledger; nothing is carried over. */
export function describeRun(
  numbers: RunNumbers,
  nowMs: number,
  { temporalUi = null, bottleneck }: RunningStack = {},
): RunDocument {
  const { run, state, counts, ledger, answers, wanted, failures, damage = [] } = numbers
  const { kind, item_count } = run.specification
  const askingRun = isVerification(run) ? undefined : run
  const isOpen = state.ended_at === null
  return {
    run_id: run.run_id,
    group: run.group,
    kind,
    recipe: askingRun?.specification.recipe ?? null,
    model: askingRun?.model.key ?? null,
    state: state.state,
    reason: state.reason,
    tasks: { total: item_count, done: counts.recorded, failed: failures.length },
    samples: { wanted, stored: askingRun ? answers : counts.programs.total, repaid: ledger.repaid },
    requests: {
      sent: ledger.sent,
      failed: ledger.failed,
      rejected: ledger.rejected,
      in_flight: isOpen ? ledger.in_flight.count : 0,
    },
    batches: numbers.batches ?? [],
    rejections: ledger.rejections,
    verdicts: counts.verdicts,
    outcomes: counts.outcomes,
    usage: ledger.usage,
    cost_usd: ledger.cost_usd,
    cost_at_least_usd: ledger.known_usd,
    cost_at_most_usd: ledger.unbounded > 0 ? null : ledger.known_usd + ledger.unsettled_usd,
    warnings: Object.entries(ledger.warnings).map(
      ([warning, requests]) => `${requests} of ${count(ledger.sent, 'request')}: ${warning}`,
    ),
    ...(isVerification(run) && {
      programs: { ...counts.programs, total: run.specification.program_count },
      failing_task_ids: counts.failing,
      first_faults: counts.firstFaults,
      programs_on_arrays: counts.onArrays,
      faults: run.faults,
    }),
    scores: counts.scores,
    recorded_scores: counts.recordedScores,
    scoring: { selection_rule: counts.selectionRule, intervals: intervalSettings },
    resolutions: counts.resolutions,
    solved_task_ids: counts.solved,
    unsolved_task_ids: counts.unsolved,
    sandboxes: counts.sandboxes,
    served: askingRun ? counts.served : null,
    limits: limitsOf(run),
    failed_items: failures,
    any_sample_right: counts.anySampleRight,
    open_seconds: state.open_seconds + (isOpen ? Math.max(0, nowMs - Date.parse(state.opened_at)) / 1000 : 0),
    started_at: state.started_at,
    ended_at: state.ended_at,
    results_file: state.results_file,
    report_file: state.report_file,
    temporal_ui: temporalUi,
    waiting_for: isOpen ? (ledger.last_failure?.reason ?? null) : null,
    waiting_since: isOpen ? ledger.in_flight.oldest_at : null,
    failing_since: isOpen ? ledger.failing_since : null,
    limited_by: state.state === 'running' && bottleneck !== undefined ? { ...bottleneck } : null,
    ending: isOpen ? state.ending : null,
    ...(damage.length > 0 && { damage }),
  }
}
