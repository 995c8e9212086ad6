import type { RunSummary } from '../../../src/api/documents.ts'
import type { RunsView } from '../address/run-views.ts'
import { describePlace } from '../parts/run-words.ts'

/** Runs started together, one per model; or a single run. */
export interface RunGroup {
  readonly name: string
  readonly runs: readonly RunSummary[]
}

/** The runs that match a view, in its order; those of one group are together, in the place of its first one. */
export function arrangeRuns(runs: readonly RunSummary[], view: RunsView): RunGroup[] {
  const sorted = sortRuns(
    runs.filter((run) => isShown(run, view)),
    view.sort,
  )
  return [...Map.groupBy(sorted, ({ group }) => group)].map(([name, members]) => ({ name, runs: members }))
}

function isShown(run: RunSummary, { search, kind, recipe, model, dataset, state }: RunsView): boolean {
  const words = (search ?? '').toLowerCase().split(/\s+/)
  const name = `${run.run_id} ${run.group} ${run.model ?? ''}`.toLowerCase()
  return (
    words.every((word) => name.includes(word)) &&
    (kind === undefined || run.kind === kind) &&
    (recipe === undefined || run.recipe === recipe) &&
    (model === undefined || run.model === model) &&
    (state === undefined || run.state === state) &&
    (dataset === undefined || run.places.some((place) => describePlace(place) === dataset))
  )
}

/** Runs with unknown values come last. The server lists the newest first. */
function sortRuns(runs: readonly RunSummary[], sort: RunsView['sort']): readonly RunSummary[] {
  switch (sort) {
    case undefined:
      return runs
    case 'score':
      return sortBy(runs, (run) => scoreOf(run), 'falling')
    case 'cost':
      return sortBy(runs, ({ numbers }) => numbers?.cost_at_least_usd, 'rising')
    case 'time':
      return sortBy(runs, ({ open_seconds }) => open_seconds, 'rising')
    case 'name':
      return runs.toSorted((a, b) => a.run_id.localeCompare(b.run_id, 'en', { numeric: true }))
  }
}

/** The first split's score: scores of several splits are never combined. */
function scoreOf({ numbers }: RunSummary): number | undefined {
  return numbers?.scores?.[0]?.leaderboard.value
}

function sortBy(
  runs: readonly RunSummary[],
  valueOf: (run: RunSummary) => number | undefined,
  direction: 'rising' | 'falling',
): RunSummary[] {
  const sign = direction === 'rising' ? 1 : -1
  return runs.toSorted((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)]
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
    return sign * (left - right)
  })
}
