import { packTransforms, parsePackedTransforms } from '../../../src/domain/grids/transforms/pack-transforms.ts'
import type { Transform } from '../../../src/domain/grids/transforms/transform.ts'
import { listAnnotateView, parseAnnotateView, type AnnotateView } from './annotate-views.ts'
import {
  listCompareView,
  listDifferenceView,
  parseCompareView,
  parseDifferenceView,
  type CompareView,
  type DifferenceView,
} from './difference-views.ts'
import { parseCount, withoutUndefined, withQuery, type Parameter } from './parameters.ts'
import {
  listMatrixView,
  listRunsView,
  parseList,
  parseMatrixView,
  parseRunsView,
  type MatrixView,
  type RunsView,
} from './run-views.ts'
import { listStartView, parseStartView, type StartView } from './start-view.ts'

/** What the gallery shows, and what "next" steps through on a task's page. Absent fields filter nothing. */
export interface Filters {
  readonly search?: string
  readonly dataset?: string
  readonly split?: string
  /** Both ends included, of the longest side of any grid. */
  readonly side?: Range
  /** Number of train pairs. */
  readonly pairs?: Range
  readonly solved?: 'yes' | 'no'
  /** Whether a run solved it, among the items that the run has recorded; with `anyRun`, any run. */
  readonly by?: { readonly run: string; readonly solved: boolean }
  readonly with?: readonly ('traces' | 'versions')[]
  /** Order of the tasks; without it, as in the catalogue. */
  readonly sort?: TaskSort
}

/** What tasks are sorted by: `runs` and `people` by the share of those who solved it. A minus sorts from the largest. */
export const taskSorts = ['size', '-size', 'pairs', '-pairs', 'runs', '-runs', 'people', '-people'] as const

export type TaskSort = (typeof taskSorts)[number]

/** Not a possible name of a run. */
export const anyRun = '*'

export type Range = readonly [min: number, max: number]

/** A view of a task. */
export interface View {
  /** 0 is the task as published. */
  readonly version: number
  /** Transforms applied after the version, in order. */
  readonly steps: readonly Transform[]
  /** The test input being worked on, from 0. */
  readonly test: number
  /** A train pair shown as large as the window allows, from 0. */
  readonly enlarged?: number
  /** A model's sample to compare with one's own grid. */
  readonly sample?: { readonly run: string; readonly index: number }
  /** Whether the sample's program is in the editor for programs. */
  readonly program?: 'sample'
}

export type Route =
  | { readonly page: 'gallery'; readonly filters: Filters }
  | { readonly page: 'runs'; readonly view: RunsView }
  | { readonly page: 'start'; readonly order: StartView }
  | { readonly page: 'run'; readonly run: string; readonly matrix: MatrixView }
  | {
      readonly page: 'sample'
      readonly run: string
      /** The item's key within the run. */
      readonly item: string
      /** From 0, as in a run's files; an address counts from 0 too. */
      readonly sample: number
      readonly matrix: MatrixView
      readonly view?: DifferenceView
    }
  | { readonly page: 'compare'; readonly runs: readonly string[]; readonly view?: CompareView }
  | { readonly page: 'annotate'; readonly view: AnnotateView }
  | { readonly page: 'task'; readonly key: string; readonly view: View; readonly filters: Filters }
  /** Without `discussion`, a new conversation. */
  | { readonly page: 'discuss'; readonly key: string; readonly view: View; readonly discussion?: string }
  | { readonly page: 'unknown'; readonly path: string }

export const plainView: View = { version: 0, steps: [], test: 0 }

/** Parses an address; unknown parts of the query are ignored, so that old links still work. */
export function parseRoute(path: string, query: string): Route {
  const parameters = new URLSearchParams(query)
  const filters = parseFilters(parameters)
  if (path === '/' || path === '/tasks' || path === '/tasks/') return { page: 'gallery', filters }
  if (path === '/runs/new') return { page: 'start', order: parseStartView(parameters) }
  const [first, second, third, ...more] = splitPath(path)
  if (first === 'tasks' && second !== undefined && third === undefined) {
    return { page: 'task', key: second, view: parseView(parameters), filters }
  }
  if (first === 'tasks' && second !== undefined && third === 'discuss' && more.length === 0) {
    const discussion = parameters.get('discussion')
    return { page: 'discuss', key: second, view: parseView(parameters), ...(discussion && { discussion }) }
  }
  if (first === 'compare' && second === undefined) {
    return { page: 'compare', runs: parseList(parameters.get('runs')), view: parseCompareView(parameters) }
  }
  if (first === 'annotate' && second === undefined) return { page: 'annotate', view: parseAnnotateView(parameters) }
  if (first === 'runs') return parseRunsRoute(path, [second, third, ...more], parameters)
  return { page: 'unknown', path }
}

function parseRunsRoute(
  path: string,
  [run, folder, item, index]: readonly (string | undefined)[],
  parameters: URLSearchParams,
): Route {
  if (run === undefined) return { page: 'runs', view: parseRunsView(parameters) }
  const matrix = parseMatrixView(parameters)
  if (folder === undefined) return { page: 'run', run, matrix }
  const sample = parseCount(index)
  if (folder !== 'samples' || item === undefined || sample === undefined) return { page: 'unknown', path }
  return { page: 'sample', run, item, sample, matrix, view: parseDifferenceView(parameters) }
}

/** The parts of a path, decoded; empty if one cannot be decoded. */
function splitPath(path: string): string[] {
  const parts = path.replace(/^\//, '').replace(/\/$/, '').split('/').map(decode)
  return parts.every((part) => part !== undefined) ? parts : []
}

export function renderRoute(route: Route): string {
  switch (route.page) {
    case 'gallery':
      return withQuery('/', listFilters(route.filters))
    case 'task':
      return withQuery(`/tasks/${encodeURIComponent(route.key)}`, [
        ...listView(route.view),
        ...listFilters(route.filters),
      ])
    case 'discuss':
      return withQuery(`/tasks/${encodeURIComponent(route.key)}/discuss`, [
        ...listView(route.view),
        ['discussion', route.discussion],
      ])
    case 'runs':
      return withQuery('/runs', listRunsView(route.view))
    case 'start':
      return withQuery('/runs/new', listStartView(route.order))
    case 'run':
      return withQuery(runPath(route.run), listMatrixView(route.matrix))
    case 'sample':
      return withQuery(`${runPath(route.run)}/samples/${encodeURIComponent(route.item)}/${route.sample}`, [
        ...listMatrixView(route.matrix),
        ...listDifferenceView(route.view ?? {}),
      ])
    case 'compare':
      return withQuery('/compare', [['runs', route.runs.join(',')], ...listCompareView(route.view ?? {})])
    case 'annotate':
      return withQuery('/annotate', listAnnotateView(route.view))
    case 'unknown':
      return route.path
  }
}

function parseView(parameters: URLSearchParams): View {
  const run = parameters.get('run')
  const sample = parseCount(parameters.get('sample')) ?? 0
  const enlarged = parseCount(parameters.get('enlarged'))
  return {
    version: parseCount(parameters.get('version')) ?? 0,
    steps: parsePackedTransforms(parameters.get('steps') ?? '') ?? [],
    // People count from 1.
    test: Math.max(0, (parseCount(parameters.get('test')) ?? 1) - 1),
    ...(enlarged !== undefined && enlarged > 0 && { enlarged: enlarged - 1 }),
    ...(run !== null && { sample: { run, index: sample } }),
    ...(run !== null && parameters.get('program') === 'sample' && { program: 'sample' }),
  }
}

function listView({ version, steps, test, enlarged, sample, program }: View): Parameter[] {
  return [
    ['version', version === 0 ? undefined : String(version)],
    ['steps', packTransforms(steps)],
    ['test', test === 0 ? undefined : String(test + 1)],
    ['enlarged', enlarged === undefined ? undefined : String(enlarged + 1)],
    ['run', sample?.run],
    ['sample', sample && String(sample.index)],
    ['program', sample && program],
  ]
}

function parseFilters(parameters: URLSearchParams): Filters {
  const text = (name: string) => parameters.get(name) || undefined
  const solved = text('solved')
  const contents = (['traces', 'versions'] as const).filter((name) => parameters.getAll('with').includes(name))
  return withoutUndefined({
    search: text('search'),
    dataset: text('dataset'),
    split: text('split'),
    side: parseRange(text('side')),
    pairs: parseRange(text('pairs')),
    solved: solved === 'yes' || solved === 'no' ? solved : undefined,
    by: parseBy(text('solved-by'), true) ?? parseBy(text('unsolved-by'), false),
    with: contents.length > 0 ? contents : undefined,
    sort: taskSorts.find((sort) => sort === text('sort')),
  })
}

function parseBy(run: string | undefined, solved: boolean): Filters['by'] {
  return run === undefined ? undefined : { run, solved }
}

function listFilters(filters: Filters): Parameter[] {
  const { search, dataset, split, side, pairs, solved, by, with: contents = [], sort } = filters
  return [
    ['search', search],
    ['dataset', dataset],
    ['split', split],
    ['side', side?.join('-')],
    ['pairs', pairs?.join('-')],
    ['solved', solved],
    [by?.solved === false ? 'unsolved-by' : 'solved-by', by?.run],
    ...contents.map((name): Parameter => ['with', name]),
    ['sort', sort],
  ]
}

function parseRange(text: string | undefined): Range | undefined {
  const [, least, most] = /^(\d{1,3})-(\d{1,3})$/.exec(text ?? '') ?? []
  return least === undefined || most === undefined ? undefined : [Number(least), Number(most)]
}

/** A run may be called as the form for new ones. */
const runPath = (run: string) => `/runs/${run === 'new' ? '%6Eew' : encodeURIComponent(run)}`

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
