import type {
  AbilitiesDocument,
  AgainDocument,
  AnswerEvent,
  CatalogueDocument,
  CompareDocument,
  ContinuedDocument,
  DiscussionDocument,
  DiscussionsDocument,
  DistanceDocument,
  ExpectedDocument,
  FlagTexts,
  LabelQueueDocument,
  LabelSubjectDocument,
  MatrixDocument,
  PartialsDocument,
  PlanDocument,
  ProgramRunDocument,
  ProgressDocument,
  RunOrder,
  RunPageDocument,
  RunSamplesDocument,
  RunsDocument,
  SampleDocument,
  SelectedDocument,
  SignedDocument,
  SolvedDocument,
  SolveRatesDocument,
  StackDocument,
  StartedDocument,
  StartOptionsDocument,
  SubmissionDocument,
  TaskDocument,
  TaskSampleDocument,
  TracesDocument,
} from '../../../src/api/documents.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { packTransforms } from '../../../src/domain/grids/transforms/pack-transforms.ts'
import type { LabelName, LabelSubject } from '../../../src/domain/labels/label.ts'
import type { Trace } from '../../../src/domain/tasks/trace.ts'
import type { CompareView } from '../address/difference-views.ts'
import type { View } from '../address/route.ts'
import { readEvents } from './server-source.ts'
import { currentSource } from './source.ts'

/* What can be asked for, and under which address. */

/** A version of a task, and the transforms applied to it. */
export type TaskView = Pick<View, 'version' | 'steps'>

export const api = {
  readAbilities: () => request<AbilitiesDocument>('GET', abilitiesAddress),
  readCatalogue: () => request<CatalogueDocument>('GET', '/api/tasks'),
  readTask: (key: string, view: TaskView) => request<TaskDocument>('GET', addressOf(key, view)),
  measureDistance: (key: string, view: TaskView, body: { test: number; grid: Grid; cells: boolean }) =>
    request<DistanceDocument>('POST', addressOf(key, view, '/distance'), body),
  submit: (key: string, view: TaskView, body: { test: number; grid: Grid; person: string }) =>
    request<SubmissionDocument>('POST', addressOf(key, view, '/submissions'), body),
  readTaskExpected: (key: string, view: TaskView) =>
    request<ExpectedDocument>('GET', addressOf(key, view, '/expected')),
  runProgram: (key: string, view: TaskView, program: string, signal: AbortSignal) =>
    request<ProgramRunDocument>('POST', addressOf(key, view, '/run'), { program }, signal),
  readTaskSamples: (key: string, view: TaskView) => request<RunSamplesDocument>('GET', taskSamplesAddress(key, view)),
  readTaskSample: (key: string, view: TaskView, { run, index }: { run: string; index: number }) =>
    request<TaskSampleDocument>('GET', taskSampleAddress(key, view, run, index)),

  sign: (key: string, view: TaskView, person: string) =>
    request<SignedDocument>('POST', addressOf(key, view, '/versions'), { person }),
  removeVersion: (key: string, version: number, person: string) =>
    request<unknown>('DELETE', addressOf(key, published, `/versions/${version}`), { person }),
  restoreVersion: (key: string, version: number, person: string) =>
    request<unknown>('POST', addressOf(key, published, `/versions/${version}/restore`), { person }),

  readTraces: (key: string) => request<TracesDocument>('GET', tracesAddress(key)),
  addTrace: (body: { task: string; person: string; text: string; version: number }) =>
    request<Trace>('POST', '/api/traces', body),
  editTrace: (id: string, body: { person: string; text: string }) => request<Trace>('PUT', traceAddress(id), body),
  vote: (id: string, body: { person: string; vote: -1 | 0 | 1 }) =>
    request<Trace>('PUT', traceAddress(id, '/vote'), body),
  removeTrace: (id: string, person: string) => request<Trace>('DELETE', traceAddress(id), { person }),
  restoreTrace: (id: string, person: string) => request<Trace>('POST', traceAddress(id, '/restore'), { person }),

  readSample: (run: string, itemKey: string, sample: number) =>
    request<SampleDocument>('GET', sampleAddress(run, itemKey, sample)),
  readSelected: (run: string, itemKey: string) => request<SelectedDocument>('GET', selectedAddress(run, itemKey)),
  readPartials: (run: string, itemKey: string) => request<PartialsDocument>('GET', partialsAddress(run, itemKey)),
  readExpected: (run: string, itemKey: string) => request<ExpectedDocument>('GET', expectedAddress(run, itemKey)),
  compareRuns: (runs: readonly string[], options: ComparisonOptions) =>
    request<CompareDocument>('GET', compareAddress(runs, options)),

  readRun: (run: string) => request<RunPageDocument>('GET', runAddress(run)),
  readMatrix: (run: string) => request<MatrixDocument>('GET', matrixAddress(run)),
  readRuns: () => request<RunsDocument>('GET', runsAddress),
  /** @param run undefined for all runs together */
  readSolved: (run: string | undefined) => request<SolvedDocument>('GET', solvedAddress(run)),

  readLabelQueue: (address: string) => request<LabelQueueDocument>('GET', address),
  readLabelSubject: (address: string) => request<LabelSubjectDocument>('GET', address),
  putLabel: (body: LabelBody) => request<LabelSubjectDocument>('PUT', '/api/labels', body),

  readDiscussions: (task: string, person: string | undefined) =>
    request<DiscussionsDocument>('GET', discussionsAddress(task, person)),
  readDiscussion: (id: string) => request<DiscussionDocument>('GET', discussionAddress(id)),
  beginDiscussion: (body: { task: string } & Question, onEvent: OnAnswer) =>
    readEvents('POST', discussionsPath, body, onEvent),
  askNext: (id: string, body: Question, onEvent: OnAnswer) =>
    readEvents('POST', discussionAddress(id, '/questions'), body, onEvent),
  askAgain: (id: string, body: AskedModel, onEvent: OnAnswer) =>
    readEvents('POST', discussionAddress(id, '/again'), body, onEvent),
  followAnswer: (id: string, onEvent: OnAnswer) =>
    readEvents('GET', discussionAddress(id, '/answer'), undefined, onEvent),
  stopAnswer: (id: string, person: string) => request<unknown>('POST', discussionAddress(id, '/stop'), { person }),
  keepAnswer: (id: string, body: { person: string; question: string }) =>
    request<Trace>('POST', discussionAddress(id, '/traces'), body),
  readSolveRates: () => request<SolveRatesDocument>('GET', '/api/solved/rates'),

  readStack: () => request<StackDocument>('GET', stackAddress),
  readStartOptions: () => request<StartOptionsDocument>('GET', startOptionsAddress),
  readAgain: (run: string) => request<AgainDocument>('GET', againAddress(run)),
  planRuns: (order: RunOrder) => request<PlanDocument>('POST', `${runsAddress}/plan`, order),
  /** @param key the same when the request is repeated: the run is then started once */
  startRuns: (order: RunOrder, key: string) => request<StartedDocument>('POST', runsAddress, { ...order, key }),
  steerRun: (run: string, action: 'pause' | 'unpause' | 'interrupt' | 'cancel') =>
    request<ContinuedDocument>('POST', `${runAddress(run)}/steer`, { action }),
  resumeRun: (run: string, flags: FlagTexts) =>
    request<ContinuedDocument>('POST', `${runAddress(run)}/resume`, { flags }),
  /** Refused once the run has ended: a change of an open run never opens one again. */
  changeRun: (run: string, flags: FlagTexts) =>
    request<ContinuedDocument>('POST', `${runAddress(run)}/resume`, { flags, open_only: true }),
  retryRun: (run: string, rejected: boolean) =>
    request<ContinuedDocument>('POST', `${runAddress(run)}/retry`, { rejected }),

  readProgress: (person: string) =>
    request<ProgressDocument>('GET', `/api/progress?person=${encodeURIComponent(person)}`),
  adopt: (from: string, to: string) => request<unknown>('POST', '/api/progress/adoptions', { from, to }),
}

/** A label to save; a null label removes it. */
export interface LabelBody {
  readonly person: string
  readonly subject: LabelSubject
  readonly text_hash: string
  readonly label: LabelName | null
  readonly note: string
  readonly saw_outcome: boolean
}

/** Who asks which model. */
interface AskedModel {
  readonly person: string
  readonly model: string
  readonly accept_unknown_price: boolean
}

/** A question, and what it shows the model. */
export interface Question extends AskedModel {
  readonly text: string
  readonly version: number
  readonly steps: string
  readonly traces: readonly string[]
  readonly drawing: { readonly test: number; readonly grid: Grid } | null
  readonly sample: { readonly run: string; readonly sample: number } | null
}

type OnAnswer = (event: AnswerEvent) => void

const discussionsPath = '/api/discussions'

export function discussionsAddress(task: string, person: string | undefined): string {
  const query = new URLSearchParams({ task, ...(person !== undefined && { person }) })
  return `${discussionsPath}?${query.toString()}`
}

export function discussionAddress(id: string, below = ''): string {
  return `${discussionsPath}/${encodeURIComponent(id)}${below}`
}

const published: TaskView = { version: 0, steps: [] }

export function tracesAddress(key: string): string {
  return `/api/traces?task=${encodeURIComponent(key)}`
}

function traceAddress(id: string, below = ''): string {
  return `/api/traces/${encodeURIComponent(id)}${below}`
}

export function taskSamplesAddress(key: string, { version, steps }: TaskView, below = ''): string {
  const query = { task: key, version: String(version), steps: packTransforms(steps) }
  return `/api/samples${below}?${new URLSearchParams(query).toString()}`
}

export function taskSampleAddress(key: string, view: TaskView, run: string, sample: number): string {
  return taskSamplesAddress(key, view, `/${encodeURIComponent(run)}/${sample}`)
}

export const abilitiesAddress = '/api/abilities'

export const stackAddress = '/api/stack'
export const startOptionsAddress = '/api/start-options'

export const runsAddress = '/api/runs'

export function runAddress(run: string): string {
  return `${runsAddress}/${encodeURIComponent(run)}`
}

export function againAddress(run: string): string {
  return `${runAddress(run)}/again`
}

/** The report as a separate page, in which no script can run. */
export function reportAddress(run: string): string {
  return `${runAddress(run)}/report.html`
}

export function matrixAddress(run: string): string {
  return `${runAddress(run)}/matrix`
}

export function sampleAddress(run: string, itemKey: string, sample: number): string {
  return `${runAddress(run)}/samples/${encodeURIComponent(itemKey)}/${sample}`
}

export function selectedAddress(run: string, itemKey: string): string {
  return `${runAddress(run)}/attempts/${encodeURIComponent(itemKey)}`
}

export function partialsAddress(run: string, itemKey: string): string {
  return `${runAddress(run)}/partials/${encodeURIComponent(itemKey)}`
}

export function expectedAddress(run: string, itemKey: string): string {
  return `${runAddress(run)}/expected/${encodeURIComponent(itemKey)}`
}

type ComparisonOptions = Pick<CompareView, 'common' | 'all'>

export function compareAddress(runs: readonly string[], { common, all }: ComparisonOptions): string {
  const query = new URLSearchParams({
    runs: runs.join(','),
    ...(common && { common: 'yes' }),
    ...(all && { all: 'yes' }),
  })
  return `/api/compare?${query.toString()}`
}

export const labelQueueAddress = '/api/labels/queue'

export const labelSubjectAddress = '/api/labels/subject'

export function solvedAddress(run: string | undefined): string {
  return run === undefined ? '/api/solved' : `/api/solved?run=${encodeURIComponent(run)}`
}

export function addressOf(key: string, { version, steps }: TaskView, below = ''): string {
  const query = new URLSearchParams()
  if (version !== 0) query.set('version', String(version))
  if (steps.length > 0) query.set('steps', packTransforms(steps))
  const text = query.toString()
  return `/api/tasks/${encodeURIComponent(key)}${below}${text && `?${text}`}`
}

async function request<Result>(method: string, address: string, body?: unknown, signal?: AbortSignal): Promise<Result> {
  // The server, or the code that wrote the site, is of the same build.
  return (await currentSource().request(method, address, body, signal)) as Result
}
