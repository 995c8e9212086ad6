import type { RunSummary } from '../../../src/api/documents.ts'
import { count } from '../../../src/domain/count.ts'
import { navigate } from '../address/navigate.ts'
import { runSorts, type RunSort, type RunsView } from '../address/run-views.ts'
import { Choice } from '../parts/Choice.tsx'
import { describePlace, stateWords } from '../parts/run-words.ts'
import styles from './RunFilters.module.css'

interface RunFiltersProps {
  readonly view: RunsView
  readonly runs: readonly RunSummary[]
  /** How many runs match; undefined while runs are being read. */
  readonly matching: number | undefined
}

const sortWords: Readonly<Record<RunSort, string>> = {
  score: 'Highest score first',
  cost: 'Cheapest first',
  time: 'Quickest first',
  name: 'By name',
}

type Choosable = 'kind' | 'recipe' | 'model' | 'dataset' | 'state'

export function RunFilters({ view, runs, matching }: RunFiltersProps) {
  const change = (part: RunsView) => navigate({ page: 'runs', view: { ...view, ...part } }, { replace: true })
  const choices: readonly (readonly [Choosable, string, readonly (readonly [string, string])[]])[] = [
    ['dataset', 'Dataset', listOptions(runs.flatMap(({ places }) => places.map(describePlace)))],
    ['model', 'Model', listOptions(runs.map(({ model }) => model))],
    ['kind', 'Kind', listOptions(runs.map(({ kind }) => kind))],
    ['recipe', 'Recipe', listOptions(runs.map(({ recipe }) => recipe))],
    ['state', 'State', listOptions(runs.map(({ state }) => state)).map(([state]) => [state, nameState(state)])],
  ]
  return (
    <search className={styles.filters}>
      <input
        type="search"
        className={styles.search}
        aria-label="Search runs"
        placeholder="Run or model"
        value={view.search ?? ''}
        onChange={(event) => change({ search: event.target.value })}
      />
      <div className={styles.choices}>
        {choices.map(
          ([name, title, options]) =>
            // A single option is not a choice.
            (options.length > 1 || view[name] !== undefined) && (
              <Choice
                key={name}
                title={title}
                value={view[name]}
                options={options}
                onChange={(value) => navigate({ page: 'runs', view: withChoice(view, name, value) }, { replace: true })}
              />
            ),
        )}
        <Choice
          title="Order"
          value={view.sort}
          unset="Newest first"
          options={runSorts.map((sort) => [sort, sortWords[sort]])}
          onChange={(value) => navigate({ page: 'runs', view: withChoice(view, 'sort', value) }, { replace: true })}
        />
      </div>
      <span className={styles.count} role="status">
        {matching === undefined
          ? ''
          : matching === runs.length
            ? count(matching, 'run')
            : `${matching} of ${count(runs.length, 'run')}`}
      </span>
    </search>
  )
}

function withChoice(view: RunsView, name: keyof RunsView, value: string | undefined): RunsView {
  const others = Object.fromEntries(Object.entries(view).filter(([other]) => other !== name))
  return value === undefined ? others : { ...others, [name]: value }
}

function listOptions(values: readonly (string | null)[]): (readonly [string, string])[] {
  return [...new Set(values.filter((value) => value !== null))].sort().map((value) => [value, value])
}

function nameState(state: string): string {
  return Object.entries(stateWords).find(([name]) => name === state)?.[1] ?? state
}
