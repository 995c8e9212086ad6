import { packTransforms, parsePackedTransforms } from '../../../src/domain/grids/transforms/pack-transforms.ts'
import type { Transform } from '../../../src/domain/grids/transforms/transform.ts'

/** What the gallery shows, and what "next" walks through on a task's page. Absent fields filter nothing. */
export interface Filters {
  readonly search?: string
  readonly dataset?: string
  readonly split?: string
  /** Both ends included, of the longest side of any grid. */
  readonly side?: Range
  /** Number of train pairs. */
  readonly pairs?: Range
  readonly solved?: 'yes' | 'no'
  /** Whether a run solved it, among what that run has recorded; with `anyRun`, whichever run. */
  readonly by?: { readonly run: string; readonly solved: boolean }
  readonly with?: readonly ('traces' | 'versions')[]
}

/** No run can be called so. */
export const anyRun = '*'

export type Range = readonly [min: number, max: number]

/** A task as it is looked at. */
export interface View {
  /** 0 is the task as published. */
  readonly version: number
  /** Transforms on top of the version, in order. */
  readonly steps: readonly Transform[]
  /** Which test input is worked on, from 0. */
  readonly test: number
  /** A train pair that is shown as large as the window lets it be, from 0. */
  readonly enlarged?: number
  /** A model's sample to look at beside one's own. */
  readonly attempt?: { readonly run: string; readonly sample: number }
}

export type Route =
  | { readonly page: 'gallery'; readonly filters: Filters }
  | { readonly page: 'task'; readonly key: string; readonly view: View; readonly filters: Filters }
  | { readonly page: 'unknown'; readonly path: string }

export const plainView: View = { version: 0, steps: [], test: 0 }

/** Reads an address; what it does not understand of the query it leaves out, so that old links still lead somewhere. */
export function parseRoute(path: string, query: string): Route {
  const parameters = new URLSearchParams(query)
  const filters = parseFilters(parameters)
  if (path === '/' || path === '/tasks' || path === '/tasks/') return { page: 'gallery', filters }
  const key = /^\/tasks\/([^/]+)\/?$/.exec(path)?.[1]
  const decoded = key === undefined ? undefined : decode(key)
  return decoded === undefined
    ? { page: 'unknown', path }
    : { page: 'task', key: decoded, view: parseView(parameters), filters }
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
    case 'unknown':
      return route.path
  }
}

function parseView(parameters: URLSearchParams): View {
  const run = parameters.get('run')
  const sample = count(parameters.get('sample')) ?? 0
  const enlarged = count(parameters.get('enlarged'))
  return {
    version: count(parameters.get('version')) ?? 0,
    steps: parsePackedTransforms(parameters.get('steps') ?? '') ?? [],
    // People count from 1.
    test: Math.max(0, (count(parameters.get('test')) ?? 1) - 1),
    ...(enlarged !== undefined && enlarged > 0 && { enlarged: enlarged - 1 }),
    ...(run !== null && { attempt: { run, sample } }),
  }
}

function listView({ version, steps, test, enlarged, attempt }: View): Parameter[] {
  return [
    ['version', version === 0 ? undefined : String(version)],
    ['steps', packTransforms(steps)],
    ['test', test === 0 ? undefined : String(test + 1)],
    ['enlarged', enlarged === undefined ? undefined : String(enlarged + 1)],
    ['run', attempt?.run],
    ['sample', attempt && String(attempt.sample)],
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
  })
}

function parseBy(run: string | undefined, solved: boolean): Filters['by'] {
  return run === undefined ? undefined : { run, solved }
}

function listFilters(filters: Filters): Parameter[] {
  const { search, dataset, split, side, pairs, solved, by, with: contents = [] } = filters
  return [
    ['search', search],
    ['dataset', dataset],
    ['split', split],
    ['side', side?.join('-')],
    ['pairs', pairs?.join('-')],
    ['solved', solved],
    [by?.solved === false ? 'unsolved-by' : 'solved-by', by?.run],
    ...contents.map((name): Parameter => ['with', name]),
  ]
}

function parseRange(text: string | undefined): Range | undefined {
  const [, least, most] = /^(\d{1,3})-(\d{1,3})$/.exec(text ?? '') ?? []
  return least === undefined || most === undefined ? undefined : [Number(least), Number(most)]
}

type Parameter = readonly [name: string, value: string | undefined]

function withQuery(path: string, parameters: readonly Parameter[]): string {
  const given = parameters.filter((parameter): parameter is [string, string] => Boolean(parameter[1]))
  const query = new URLSearchParams(given.map(([name, value]) => [name, value])).toString()
  return query === '' ? path : `${path}?${query}`
}

function count(text: string | null): number | undefined {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

type Defined<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> }

function withoutUndefined<Value extends object>(value: Value): Defined<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Defined<Value>
}
