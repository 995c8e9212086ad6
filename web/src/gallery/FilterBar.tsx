import { useId, useRef } from 'react'
import type { TaskSummary } from '../../../src/api/documents.ts'
import { count } from '../../../src/domain/count.ts'
import { navigate } from '../address/navigate.ts'
import { taskSorts, type Filters, type Range, type TaskSort } from '../address/route.ts'
import { Choice } from '../parts/Choice.tsx'
import { useKeys } from '../parts/hooks/use-keys.ts'
import { store, useStored } from '../preferences/stored.ts'
import { describeFilters } from './describe-filters.ts'
import { findMeant, listPlaces } from './filter-tasks.ts'
import styles from './FilterBar.module.css'
import { goToRandomTask, goToTask } from './go-to-task.ts'
import { RunChoice } from './RunChoice.tsx'

interface FilterBarProps {
  readonly filters: Filters
  readonly tasks: readonly TaskSummary[]
  /** The matching tasks; undefined while tasks are being read. */
  readonly matches: readonly TaskSummary[] | undefined
}

const sides: readonly (readonly [title: string, range: Range])[] = [
  ['up to 5×5', [1, 5]],
  ['up to 10×10', [1, 10]],
  ['up to 20×20', [1, 20]],
  ['above 10×10', [11, 30]],
  ['above 20×20', [21, 30]],
]

const pairCounts: readonly (readonly [title: string, range: Range])[] = [
  ['1 or 2', [1, 2]],
  ['3', [3, 3]],
  ['4', [4, 4]],
  ['5 or more', [5, 999]],
]

const statuses = [
  ['yes', 'Status: solved'],
  ['no', 'Status: unsolved'],
] as const

const sorts: readonly (readonly [TaskSort, string])[] = [
  ['size', 'Sort: smallest first'],
  ['-size', 'Sort: largest first'],
  ['pairs', 'Sort: fewest train pairs first'],
  ['-pairs', 'Sort: most train pairs first'],
  ['runs', 'Sort: solved least by runs'],
  ['-runs', 'Sort: solved most by runs'],
  ['people', 'Sort: solved least by people'],
  ['-people', 'Sort: solved most by people'],
]

const contents: readonly NonNullable<Filters['with']>[] = [['traces'], ['versions'], ['traces', 'versions']]

export function FilterBar({ filters, tasks, matches }: FilterBarProps) {
  const { datasets, splits } = listPlaces(tasks, filters.dataset)
  const change = (part: { [Name in keyof Filters]?: Filters[Name] | undefined }) => {
    const changed = Object.fromEntries(
      Object.entries({ ...filters, ...part }).filter(([, value]) => value !== undefined),
    ) as Filters
    navigate({ page: 'gallery', filters: changed }, { replace: true })
  }
  const open = () => goToTask(findMeant(tasks, filters.search ?? ''), { filters: withoutSearch(filters) })
  const openRandom = () => goToRandomTask(matches ?? [], { filters })
  const isMore = useStored('filters') === 'more'
  const more = useId()
  const field = useRef<HTMLInputElement>(null)
  useKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.toLowerCase()
    if (key === 'g') field.current?.focus()
    else if (key === 'x') openRandom()
    else return
    event.preventDefault()
  })
  return (
    <form
      className={styles.filters}
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        open()
      }}
    >
      <input
        type="search"
        ref={field}
        aria-keyshortcuts="G"
        className={styles.search}
        placeholder="Task id or number"
        aria-label="Task id or number; Enter opens it"
        value={filters.search ?? ''}
        onChange={(event) => change({ search: event.target.value || undefined })}
      />
      <div className={styles.choices}>
        <Choice
          title="Dataset"
          value={filters.dataset}
          options={datasets.map(([name, count]) => [name, `${name} (${count})`])}
          onChange={(dataset) => change({ dataset, split: undefined })}
        />
        <Choice
          title="Status"
          value={filters.solved}
          options={statuses}
          onChange={(value) => change({ solved: value === 'yes' || value === 'no' ? value : undefined })}
        />
        <button
          type="button"
          aria-expanded={isMore}
          aria-controls={isMore ? more : undefined}
          onClick={() => store('filters', isMore ? '' : 'more')}
        >
          More <span aria-hidden="true">{isMore ? '▴' : '▾'}</span>
        </button>
        <Choice
          title="Sort"
          unset="Sort: as listed"
          value={filters.sort}
          options={sorts}
          onChange={(value) => change({ sort: taskSorts.find((sort) => sort === value) })}
        />
      </div>
      <button type="button" onClick={openRandom} title="A random task from this list (X)" aria-keyshortcuts="X">
        Random
      </button>
      <output className={styles.count} aria-live="polite">
        {matches && describeCount(matches.length, tasks.length)}
      </output>
      {isMore && (
        <div className={styles.more} id={more}>
          <Choice
            title="Split"
            value={filters.split}
            options={splits.map(([name, count]) => [name, `${name} (${count})`])}
            onChange={(split) => change({ split })}
          />
          <Choice
            title="Size"
            value={filters.side?.join('-')}
            options={sides.map(([title, range]) => [range.join('-'), `Size: ${title}`])}
            onChange={(value) => change({ side: findRange(sides, value) })}
          />
          <Choice
            title="Pairs"
            value={filters.pairs?.join('-')}
            options={pairCounts.map(([title, range]) => [range.join('-'), `Pairs: ${title}`])}
            onChange={(value) => change({ pairs: findRange(pairCounts, value) })}
          />
          <RunChoice by={filters.by} onChange={(by) => change({ by })} />
          <Choice
            title="With"
            value={filters.with?.join(' and ')}
            options={contents.map((names) => [names.join(' and '), `With: ${names.join(' and ')}`])}
            onChange={(value) => change({ with: contents.find((names) => names.join(' and ') === value) })}
          />
        </div>
      )}
      <Chips filters={filters} onRemove={(name) => change({ [name]: undefined })} />
    </form>
  )
}

interface ChipsProps {
  readonly filters: Filters
  readonly onRemove: (name: keyof Filters) => void
}

/** The chosen filters, each of which can be removed; also those whose choices are folded away. */
function Chips({ filters, onRemove }: ChipsProps) {
  const chosen = describeFilters(filters)
  if (chosen.length === 0) return null
  return (
    <ul className={styles.chips} aria-label="Chosen filters">
      {chosen.map(([name, words]) => (
        <li key={name}>
          {words}
          <button type="button" className="plain" aria-label={`Remove: ${words}`} onClick={() => onRemove(name)}>
            ×
          </button>
        </li>
      ))}
    </ul>
  )
}

function findRange(ranges: readonly (readonly [string, Range])[], value: string | undefined): Range | undefined {
  return ranges.find(([, range]) => range.join('-') === value)?.[1]
}

function describeCount(matching: number, all: number): string {
  return matching === all ? count(all, 'task') : `${matching} of ${count(all, 'task')}`
}

/** A search for one task does not narrow the list that follows. */
function withoutSearch(filters: Filters): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => name !== 'search'))
}
