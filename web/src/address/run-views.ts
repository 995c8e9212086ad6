import { markLetters, type SampleMark } from '../../../src/domain/results/sample-mark.ts'
import { withoutUndefined, type Parameter } from './parameters.ts'

/** The view of the list of runs. Absent fields filter nothing. */
export interface RunsView {
  readonly search?: string
  readonly kind?: string
  readonly recipe?: string
  readonly model?: string
  /** `dataset` or `dataset/split` */
  readonly dataset?: string
  readonly state?: string
  readonly sort?: RunSort
  /** Runs that are ticked for comparison. */
  readonly picked?: readonly string[]
  /** Groups whose runs are shown one by one. */
  readonly open?: readonly string[]
}

/** The default is newest first. */
export const runSorts = ['score', 'cost', 'time', 'name'] as const
export type RunSort = (typeof runSorts)[number]

/** More runs cannot be told apart side by side. */
export const maxPicked = 6

/**
 * The view of a run's matrix. A sample's page keeps it, and steps through the samples it leaves. Absent fields filter nothing.
 */
export interface MatrixView {
  readonly search?: string
  readonly resolution?: string
  /** Tasks with a sample of this mark. */
  readonly mark?: SampleMark
  readonly order?: MatrixOrder
  /** Another run, to compare its tasks with. */
  readonly against?: string
  /** Tasks that the run, the other one, both or neither solved, among those that both have finished. */
  readonly solved?: SolvedBy
}

/** The default is the run's own order. */
export const matrixOrders = ['nearest', 'fewest-right', 'name'] as const
export type MatrixOrder = (typeof matrixOrders)[number]

/** `this` is the run of the page, `that` the one it is compared with. */
export const solvedBy = ['both', 'only-this', 'only-that', 'neither'] as const
export type SolvedBy = (typeof solvedBy)[number]

export function parseRunsView(parameters: URLSearchParams): RunsView {
  const text = (name: string) => parameters.get(name) || undefined
  const picked = parseList(parameters.get('picked')).slice(0, maxPicked)
  const open = parseList(parameters.get('open'))
  return withoutUndefined({
    search: text('search'),
    kind: text('kind'),
    recipe: text('recipe'),
    model: text('model'),
    dataset: text('dataset'),
    state: text('state'),
    sort: runSorts.find((sort) => sort === parameters.get('sort')),
    picked: picked.length > 0 ? picked : undefined,
    open: open.length > 0 ? open : undefined,
  })
}

export function listRunsView({ picked, open, ...view }: RunsView): Parameter[] {
  const names = ['search', 'kind', 'recipe', 'model', 'dataset', 'state', 'sort'] as const
  return [
    ...names.map((name): Parameter => [name, view[name]]),
    ['picked', picked?.join(',')],
    ['open', open?.join(',')],
  ]
}

export function parseMatrixView(parameters: URLSearchParams): MatrixView {
  const text = (name: string) => parameters.get(name) || undefined
  const mark = parameters.get('mark') ?? ''
  return withoutUndefined({
    search: text('search'),
    resolution: text('resolution'),
    mark: Object.hasOwn(markLetters, mark) ? (mark as SampleMark) : undefined,
    order: matrixOrders.find((order) => order === parameters.get('order')),
    against: text('against'),
    solved: solvedBy.find((solved) => solved === parameters.get('solved')),
  })
}

export function listMatrixView(view: MatrixView): Parameter[] {
  const names = ['search', 'resolution', 'mark', 'order', 'against', 'solved'] as const
  return names.map((name): Parameter => [name, view[name]])
}

/** Parses a list of run names, which contain no commas. */
export function parseList(text: string | null): string[] {
  return [...new Set((text ?? '').split(',').filter((name) => name !== ''))]
}
