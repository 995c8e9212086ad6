import { withoutUndefined, type Parameter } from './parameters.ts'

/** How grids are compared. Absent fields mean the default of each. */
export interface DifferenceView {
  readonly mode?: DifferenceMode
  /** Shows the expected outputs; they are hidden by default. */
  readonly expected?: true
}

const differenceModes = ['overlay', 'side', 'blink'] as const
export type DifferenceMode = (typeof differenceModes)[number]

/** The view of a comparison of runs. */
export interface CompareView extends DifferenceView {
  /** Only tasks that this run solved… */
  readonly solved?: string
  /** …and this one did not. */
  readonly missed?: string
  /** The split that these belong to: `dataset/split`. */
  readonly within?: string
  /** The task whose grids are open: the key of its item in the first run. */
  readonly open?: string
  /** The run that the others are compared with, if it is not the first. */
  readonly base?: string
  /** Compares runs of different tasks on the tasks that all of them have. */
  readonly common?: true
  /** Counts items that unfinished runs have not recorded as wrong. */
  readonly all?: true
}

export function parseDifferenceView(parameters: URLSearchParams): DifferenceView {
  return withoutUndefined({
    mode: differenceModes.find((mode) => mode === parameters.get('view')),
    expected: parseFlag(parameters, 'expected'),
  })
}

export function listDifferenceView({ mode, expected }: DifferenceView): Parameter[] {
  return [
    ['view', mode],
    ['expected', expected && 'shown'],
  ]
}

export function parseCompareView(parameters: URLSearchParams): CompareView {
  const text = (name: string) => parameters.get(name) || undefined
  return withoutUndefined({
    ...parseDifferenceView(parameters),
    solved: text('solved-by'),
    missed: text('unsolved-by'),
    within: text('within'),
    open: text('open'),
    base: text('base'),
    common: parseFlag(parameters, 'common'),
    all: parseFlag(parameters, 'all'),
  })
}

export function listCompareView(view: CompareView): Parameter[] {
  const { solved, missed, within, open, base, common, all } = view
  return [
    ['solved-by', solved],
    ['unsolved-by', missed],
    ['within', within],
    ['open', open],
    ['base', base],
    ['common', common && 'yes'],
    ['all', all && 'yes'],
    ...listDifferenceView(view),
  ]
}

function parseFlag(parameters: URLSearchParams, name: string): true | undefined {
  return ['yes', 'shown'].includes(parameters.get(name) ?? '') ? true : undefined
}
