import type { StoredPartial } from '../domain/answers/partial-answer.ts'
import type { ServedBy } from '../domain/answers/served-by.ts'
import type { Comparison } from '../domain/compare/compare-runs.ts'
import type { DifferingTask } from '../domain/compare/list-differing-tasks.ts'
import type { DiscussionOutcome, Shown } from '../domain/discussions/discussion.ts'
import type { Distance } from '../domain/grids/distance.ts'
import type { Grid } from '../domain/grids/grid.ts'
import type { Transform } from '../domain/grids/transforms/transform.ts'
import type { QueueWindow } from '../domain/labels/label-queue.ts'
import type { LabelName, LabelSubject } from '../domain/labels/label.ts'
import type { Usage } from '../domain/models/usage.ts'
import type { Message, Outcome } from '../domain/recipes/recipe.ts'
import type { RunDocument } from '../domain/results/run-document.ts'
import type { ProgramSource } from '../domain/runs/program-to-verify.ts'
import type { ProgramVerdict, SandboxDescription } from '../domain/runs/record.ts'
import type { RunState, RunStateName } from '../domain/runs/run.ts'
import type { Controls, RunKind } from '../domain/runs/specification.ts'
import type { Verdict } from '../domain/runs/verdict.ts'
import type { NoBudget } from '../domain/runs/why-no-budget.ts'
import type { Score } from '../domain/scores/score-tallies.ts'
import type { TestProgress } from '../domain/tasks/progress.ts'
import type { Pair } from '../domain/tasks/task.ts'
import type { Trace } from '../domain/tasks/trace.ts'
import type { StartOptions } from '../operations/orders/list-start-options.ts'
import type { PlannedRuns } from '../operations/orders/plan-runs.ts'
import type { RunOrder } from '../operations/orders/run-order.ts'
import type { OrderedRun } from '../operations/orders/start-order.ts'
import type { MatrixRow } from '../runs/read-matrix.ts'

/*
 * The JSON documents that the API sends. The page imports only these types from the API.
 */

/** What visitors of this server may do besides looking, drawing and writing. */
export interface AbilitiesDocument {
  /** Start and steer runs, run programs, ask models. */
  readonly may_act: boolean
  /** Why not, in words. */
  readonly reason?: string
}

export interface Place {
  readonly dataset: string
  readonly split: string
}

/** One task in the gallery: enough to show, search and filter 1,520 of them without another request. */
export interface TaskSummary {
  readonly key: string
  readonly task_id: string
  readonly places: readonly Place[]
  /** Packed grids of the first train pair, `012/345`. */
  readonly input: string
  readonly output: string
  readonly train: number
  readonly test: number
  /** The longest side of any visible grid: train pairs and test inputs. */
  readonly largest_side: number
  /** Number of versions besides the task as published. */
  readonly versions: number
  readonly traces: number
}

export interface CatalogueDocument {
  readonly tasks: readonly TaskSummary[]
  /** Files that could not be read, in words. */
  readonly faults: readonly string[]
}

/** A task as shown on the page, in one version and under transforms. The outputs of its test pairs stay on the server. */
export interface TaskDocument {
  readonly key: string
  readonly task_id: string
  readonly places: readonly Place[]
  /** Content hash of what is shown. */
  readonly hash: string
  readonly train: readonly Pair[]
  readonly test_inputs: readonly Grid[]
  /** For each test input, whether its output was published. */
  readonly known_outputs: readonly boolean[]
  /** Ordered by number; includes 0 if somebody signed it. */
  readonly versions: readonly VersionSummary[]
  /** The version with exactly this content, if there is one. */
  readonly same_as: number | null
}

export interface VersionSummary {
  readonly version: number
  readonly signed_by: readonly string[]
  /** Null if unknown. */
  readonly derived_from: { readonly version: number; readonly transforms: readonly Transform[] } | null
}

export interface SignedDocument {
  readonly version: number
  readonly outcome: 'added' | 'signed' | 'unchanged'
}

export interface DistanceDocument {
  readonly distance: Distance
  /** Row and column of the cells that differ; only on request. */
  readonly differing?: readonly (readonly [number, number])[]
}

/** The verdict on one submitted grid. */
export interface SubmissionDocument extends TestProgress {
  readonly correct: boolean
}

/** What one person has solved. */
export interface ProgressDocument {
  /** Keys of tasks with all test inputs solved, in any version; with the highest number of tries on one of them. */
  readonly solved: Readonly<Record<string, number>>
  /** For each test input, by content hash of the pairs shown. */
  readonly views: Readonly<Record<string, readonly TestProgress[]>>
}

export interface TracesDocument {
  /** By score, then newest first. */
  readonly traces: readonly Trace[]
}

export interface RunSummary {
  readonly run_id: string
  /** Shared by runs started together, one per model; a single run is its own group. */
  readonly group: string
  readonly kind: RunKind
  /** Both null in a verification, which asks no model. */
  readonly recipe: string | null
  readonly model: string | null
  readonly state: RunStateName
  /** Why it ended, in words, if the state does not make that obvious. */
  readonly reason: string | null
  /** How an open run is being ended, if it is. */
  readonly ending: RunState['ending']
  readonly started_at: string
  readonly ended_at: string | null
  readonly open_seconds: number
  /** Where its tasks come from. */
  readonly places: readonly Place[]
  readonly tasks: { readonly total: number; readonly done: number; readonly failed: number }
  /** Per task; both null in a verification. */
  readonly samples: number | null
  readonly rounds: number | null
  /** Whether its samples can solve tasks: explanations alone cannot. */
  readonly gives_grids: boolean
  /** Requests sent and not settled. */
  readonly in_flight: number
  /** What an open run is waiting for: the latest failed request with nothing after it, or why none is sent. */
  readonly waiting_for: string | null
  /** What its requests wait for before they are sent, such as a place or a provider's limit; null if none waits. */
  readonly gate_wait: string | null
  /** As last counted; null while they are counted for the first time. */
  readonly numbers: RunSummaryNumbers | null
}

interface RunSummaryNumbers {
  /** Per dataset and split. Null if there is nothing to score. */
  readonly scores: readonly SummaryScore[] | null
  /** Whether several hosts or snapshots of the model answered, so that the scores are those of a mixture. */
  readonly served_by_several: boolean
  /** Whether the scores cover only the recorded tasks, because the run is unfinished. */
  readonly is_partial: boolean
  /** As in the run's own document: null if the cost of a request, or its bound, is unknown. */
  readonly cost_usd: number | null
  readonly cost_at_least_usd: number
  readonly cost_at_most_usd: number | null
  /** Read and written, of all requests; null if unknown. */
  readonly tokens: number | null
}

/** The score of ARC Prize's leaderboard, with what it covers. */
interface SummaryScore extends Place {
  readonly tasks: number
  readonly leaderboard: Score
}

/** One run, with everything its page shows besides the matrix. */
export interface RunPageDocument {
  readonly summary: RunSummary
  /** The document of `status --json`; null while the run is counted for the first time. */
  readonly document: RunDocument | null
  /** Answers stored and wanted; null if later rounds may ask for more. In a verification, programs run. */
  readonly answers: { readonly stored: number; readonly wanted: number | null } | null
  readonly controls: Controls
  /** Why the run can take no budget, or has no use for one; null if it can. */
  readonly no_budget: NoBudget | null
  readonly has_report: boolean
  /** When it will be done by the pace of its latest answers, in seconds; null if that cannot be known. */
  readonly seconds_left: number | null
}

/** A run's tasks with the results of their samples. */
export interface MatrixDocument {
  readonly run_id: string
  /** Number of columns: samples per task; in a verification, the largest number of programs of a task. */
  readonly samples: number
  /** Every task of the run, in the run's order. */
  readonly rows: readonly MatrixRow[]
  /** Whether records are still being read: rows may be shown as not recorded although they are. */
  readonly is_reading: boolean
}

export interface RunsDocument {
  /** Newest first. */
  readonly runs: readonly RunSummary[]
  /** Runs with a missing or unreadable file. Large stores are checked while the server runs. */
  readonly damaged: readonly DamagedRunSummary[]
}

interface DamagedRunSummary {
  readonly run_id: string
  readonly file: string
  /** Within the file; empty for the whole file. */
  readonly place: string
  readonly message: string
}

/** Keys of the tasks that a run, or any run, has recorded in any version: those its attempts solved, and the others. */
export interface SolvedDocument {
  readonly solved: readonly string[]
  readonly unsolved: readonly string[]
}

/**
 * How often each task was solved, by key, in any version. Tasks that nobody tried are left out.
 */
export interface SolveRatesDocument {
  /** Over runs whose samples can solve tasks and that recorded the task. */
  readonly runs: Readonly<Record<string, SolveRate>>
  /** Over people, and guests, who submitted a grid for it. */
  readonly people: Readonly<Record<string, SolveRate>>
}

/** How many solved it, of how many who tried. */
export type SolveRate = readonly [solved: number, tried: number]

/** One run's samples for a task, without revealing any output. */
export interface RunSamples {
  readonly run: string
  /** Null if the run verified given programs. */
  readonly model: string | null
  readonly created_at: string
  /** Whether the selected attempts solve it; null if it is not recorded. */
  readonly solved: boolean | null
  /** One per sample; empty if it is not recorded. */
  readonly samples: readonly ('right' | 'wrong' | 'no-grid')[]
}

export interface RunSamplesDocument {
  /** Newest first: runs whose samples give grids and that asked for this task in this version. */
  readonly runs: readonly RunSamples[]
}

/**
 * One sample of a run for one item: the question, the answer, and what the program did. It does not contain the expected
 * outputs of its test pairs, which have a request of their own.
 */
export interface SampleDocument {
  readonly run: string
  readonly kind: RunKind
  /** The next three are null in a verification, which asks no model. */
  readonly recipe: string | null
  readonly model: string | null
  readonly provider: string | null
  readonly item: ItemName
  readonly sample: number
  readonly samples: number
  readonly train: readonly Pair[]
  readonly test_inputs: readonly Grid[]
  /** Whether it gives every test output; null for explanations, which give no grids. */
  readonly correct: boolean | null
  /** Per test input, 1 or 2 if its grid was selected as that attempt; otherwise null. */
  readonly attempts: readonly (1 | 2 | null)[]
  /** Index of the sample's selected round. */
  readonly chosen: number
  readonly rounds: readonly RoundDocument[]
  /** Source of a given program; null if a model wrote it. */
  readonly source: ProgramSource | null
}

/** A sample beside its task, its grids under the transforms of the view. */
export interface TaskSampleDocument extends SampleDocument {
  /** Its output for each test input; null if it gave no grid. */
  readonly outputs: readonly (Grid | null)[]
  /** Why there is no grid for a test input, in words; null where there is one. */
  readonly why_none: readonly (string | null)[]
}

/** An item of a run, and where the page shows its task. */
export interface ItemName {
  readonly key: string
  readonly task_id: string
  readonly version: number
  readonly dataset: string
  readonly split: string
  /** Null if no task or version in the gallery has this content any more. */
  readonly view: { readonly task: string; readonly version: number } | null
}

export interface RoundDocument {
  readonly calls: readonly CallDocument[]
  /** Answers that cannot be read any more, in words. */
  readonly lost: readonly string[]
  /** What had come of its requests whose streams broke, the oldest first. None of it is an answer. */
  readonly partials: readonly PartialDocument[]
  readonly program: string | null
  /** Null where no program was run. */
  readonly ran: RanProgram | null
  /** The train pairs and then the test pairs; train pairs alone have none where no program was asked for. */
  readonly results: readonly PairResult[]
  readonly sandbox: SandboxDescription | null
  readonly time_seconds: number
  readonly usage: Usage
  readonly cost_usd: number | null
}

/** What a program did, over all pairs. */
export type RanProgram = Pick<
  ProgramVerdict,
  'verdict' | 'deterministic' | 'printed' | 'cpu_seconds' | 'wall_seconds' | 'function' | 'grids_as'
>

/** What a visitor's program did on a task as shown. It does not contain the expected outputs of test pairs. */
export interface ProgramRunDocument {
  /** Its verdict is over the pairs whose outputs are known. */
  readonly ran: RanProgram
  /** The train pairs and then the test pairs. */
  readonly results: readonly PairResult[]
  /** What ran it. */
  readonly sandbox: SandboxDescription
}

/** What a round gave for one pair. */
export interface PairResult {
  readonly part: 'train' | 'test'
  /** Among the pairs of that part, from 0. */
  readonly index: number
  /** `unjudged`: a grid, for a test input whose output was never published. */
  readonly verdict: Verdict | 'no-grid' | 'unjudged'
  readonly message?: string
  readonly error_type?: string
  /** Line of the program, from 1. */
  readonly line?: number
  readonly limit?: string
  readonly got: Grid | null
}

/** One request to a model and its answer. */
export interface CallDocument {
  readonly answer_key: string
  /** The test input asked for, from 0; null where the request is about the whole task. */
  readonly test: number | null
  /** As they were sent. */
  readonly messages: readonly Message[]
  /** What was sent beside the messages. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly outcome: Outcome
  /** Why nothing could be read out of the answer, where its text does not show it. */
  readonly problem: string | null
  /** The provider's words where it would not take the request. */
  readonly rejected: string | null
  readonly refusal: string | null
  readonly text: string
  /** The reasoning that came in a field of its own; null where there was none. */
  readonly reasoning: string | null
  readonly finish_reason: string | null
  readonly served_by: ServedBy
  readonly request_id: string | null
  readonly asked_at: string
  readonly time_seconds: number
  readonly usage: Usage
  readonly cost_usd: number | null
}

/** What had come of an answer when its stream broke. It is for people to read: it is no answer. */
export interface PartialDocument extends Pick<
  StoredPartial,
  'reason' | 'asked_at' | 'broke_at' | 'text' | 'reasoning' | 'omitted_characters' | 'request_id'
> {
  readonly sample: number
  /** From 0. */
  readonly round: number
  /** The test input asked for, from 0; null where the request is about the whole task. */
  readonly test: number | null
}

/** All that came of broken streams for an item, whether or not it is recorded. */
export interface PartialsDocument {
  readonly partials: readonly PartialDocument[]
}

/** The expected output of each test input: sent only to who asks for it. Null if it was never published. */
export interface ExpectedDocument {
  readonly outputs: readonly (Grid | null)[]
}

/** The grids that a run handed in for each test input of an item. */
export interface SelectedDocument {
  readonly run: string
  readonly item: ItemName
  /** Whether the run has a record of it; without one there are no attempts. */
  readonly recorded: boolean
  readonly test_inputs: readonly Grid[]
  /** Per test input at most two, best first. */
  readonly attempts: readonly (readonly SelectedAttempt[])[]
}

export interface SelectedAttempt {
  readonly grid: Grid
  readonly right: boolean
  /** The samples that gave it, from 0. */
  readonly samples: readonly number[]
}

export interface CompareDocument {
  /** As `arcloom compare --json` prints it. */
  readonly comparison: Comparison
  /** Tasks of some runs that others do not have, in words. */
  readonly left_out: readonly string[]
  readonly tasks: readonly DifferingTask[]
}

/** A queue of texts to label, around one place. */
export interface LabelQueueDocument extends QueueWindow {
  /** Whether the runs are still being read, so that the counts will grow. */
  readonly is_reading: boolean
  /** Lines of `labels.jsonl` that cannot be read, in words. */
  readonly faults: readonly string[]
}

/** A text to label, with the task that it is about. */
export interface LabelSubjectDocument {
  readonly subject: LabelSubject
  readonly task_id: string
  readonly version: number
  /** Where the page shows the task, if it does. */
  readonly view: { readonly task: string; readonly version: number } | null
  /** Empty if the task of a trace is not here. */
  readonly train: readonly Pair[]
  readonly test_inputs: readonly Grid[]
  /** Empty if the model wrote none. */
  readonly text: string
  readonly text_hash: string
  /** Reasoning that the provider sent beside the answer. */
  readonly thinking: string | null
  /** What else the model answered with, in recipes that ask for one. */
  readonly program: string | null
  readonly mine: ShownLabel | null
  /** Whether this person labelled an earlier text of the same sample or trace. */
  readonly is_changed: boolean
  /** Other people's labels; null until this person has labelled the text. */
  readonly others: readonly ShownLabel[] | null
  /** Null until this person has labelled the text or asked for it, and for texts that come with no grids. */
  readonly outcome: { readonly train_correct: boolean | null; readonly test_correct: boolean } | null
}

export interface ShownLabel {
  readonly person: string
  readonly label: LabelName
  readonly note: string | null
  readonly at: string
}

export type { FlagTexts, RunOrder } from '../operations/orders/run-order.ts'

export interface AgainDocument {
  /** Asks the same again, of all tasks of its datasets; null for a verification. */
  readonly order: RunOrder | null
}

export type StartOptionsDocument = StartOptions

export interface PlanDocument extends Omit<PlannedRuns, 'faults'> {
  /** Everything that keeps the order from being started; the runs are there only without any. */
  readonly problems: readonly OrderProblem[]
}

export interface OrderProblem {
  /** The flag to blame, by its name with underscores; null if none is. */
  readonly field: string | null
  /** As the command prints it. */
  readonly message: string
}

export interface StartedDocument {
  /** One per model. `how`: `created` now, or what a run of that name was found to be. */
  readonly runs: readonly OrderedRun[]
}

/** Whether the parts that work on runs are up. */
export interface StackDocument {
  readonly is_ready: boolean
  /** Why they cannot work, and what to type; null if they can. */
  readonly problem: string | null
}

/** The answer to everything that steers a run: its effect shows in the run itself. */
export interface ContinuedDocument {
  /** Why the run was left as it is, in words; null if something was done. */
  readonly nothing_to_do: string | null
}

/** Every failure, with any 4xx or 5xx. */
export interface ProblemDocument {
  readonly error: { readonly type: string; readonly message: string; readonly place?: string }
}

/** A model that people may discuss a task with. Of its key, the page learns only whether it is there. */
export interface DiscussionModel {
  readonly key: string
  readonly provider: string
  readonly id: string
  /** The environment variable with its key; null if it needs none. */
  readonly key_variable: string | null
  readonly has_key: boolean
  /** Whether the registry has prices for it; without, no budget can bound what an answer costs. */
  readonly priced: boolean
}

/** One budget for all conversations of a data folder. */
export interface BudgetDocument {
  readonly budget_usd: number
  /** The sum of the known costs. */
  readonly spent_usd: number
  /** What is counted against the budget: requests of unknown cost count at their maximum. */
  readonly counted_usd: number
  /** Requests that may have cost something of which no maximum is known. */
  readonly unbounded: number
}

export interface DiscussionSummary {
  readonly id: string
  readonly at: string
  /** The beginning of its first question. */
  readonly title: string
  readonly questions: number
}

export interface DiscussionsDocument {
  readonly models: readonly DiscussionModel[]
  readonly budget: BudgetDocument
  /** One person's about one task, the newest first. */
  readonly discussions: readonly DiscussionSummary[]
}

export interface DiscussionDocument {
  readonly id: string
  /** The task's key. */
  readonly task: string
  readonly person: string
  readonly at: string
  readonly turns: readonly TurnDocument[]
}

export interface TurnDocument {
  readonly id: string
  readonly at: string
  readonly text: string
  readonly shown: Shown
  /** The whole message, as it was sent. */
  readonly content: string
  /** Key of the model that was asked. */
  readonly model: string | null
  readonly answer: DiscussionAnswer
}

/** `under-way`: it is coming. `lost`: the server ended before it came. */
export interface DiscussionAnswer {
  readonly state: DiscussionOutcome | 'under-way' | 'lost'
  readonly text: string
  readonly reasoning: string | null
  /** Why it failed or was refused, in words. */
  readonly reason: string | null
  /** Whether the model's limit of tokens cut it off. */
  readonly truncated: boolean
  readonly served_by: ServedBy | null
  readonly usage: Usage | null
  /** Null if unknown. */
  readonly cost_usd: number | null
  readonly time_seconds: number | null
}

/** A line of the stream in which an answer comes. */
export type AnswerEvent =
  | { readonly type: 'begun'; readonly discussion: string; readonly question: string }
  | { readonly type: 'delta'; readonly text: string; readonly reasoning: string }
  /** Its end is stored: the conversation has it. */
  | { readonly type: 'end' }
  | { readonly type: 'not-stored'; readonly message: string }
