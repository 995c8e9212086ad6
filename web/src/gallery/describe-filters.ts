import { anyRun, type Filters, type Range } from '../address/route.ts'

type Name = keyof Filters

/** The chosen filters in words. The search is left out: it stands in its field; so is the order, which filters nothing. */
export function describeFilters(filters: Filters): readonly (readonly [name: Name, words: string])[] {
  const { dataset, split, side, pairs, solved, by, with: contents } = filters
  const all: readonly (readonly [Name, string | undefined])[] = [
    ['dataset', dataset],
    ['split', split],
    ['solved', solved && (solved === 'yes' ? 'solved by me' : 'not solved by me')],
    ['side', side && `longest side ${renderRange(side)}`],
    ['pairs', pairs && `${renderRange(pairs)} train pairs`],
    ['by', by && describeRun(by)],
    ['with', contents && `with ${contents.join(' and ')}`],
  ]
  return all.flatMap(([name, words]) => (words === undefined ? [] : [[name, words] as const]))
}

const unbounded = 999

function renderRange([min, max]: Range): string {
  if (min === max) return String(min)
  return max >= unbounded ? `${min} or more` : `${min} to ${max}`
}

function describeRun({ run, solved }: NonNullable<Filters['by']>): string {
  if (run === anyRun) return solved ? 'solved by a run' : 'not solved by any run'
  return `${solved ? 'solved' : 'not solved'} by ${run}`
}
