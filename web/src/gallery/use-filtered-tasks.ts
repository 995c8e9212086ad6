import { useMemo } from 'react'
import type { SolveRatesDocument, TaskSummary } from '../../../src/api/documents.ts'
import { anyRun, type Filters } from '../address/route.ts'
import { api, solvedAddress } from '../data/api.ts'
import { useResource, type Resource } from '../data/resources.ts'
import { useCatalogue, useReadProgress, useReadSolveRates, useSolved } from '../parts/hooks/use-catalogue.ts'
import { filterTasks } from './filter-tasks.ts'
import { sortTasks } from './sort-tasks.ts'

const noRates: SolveRatesDocument = { runs: {}, people: {} }

interface FilteredTasks {
  /** All tasks; undefined while loading. */
  readonly tasks: readonly TaskSummary[] | undefined
  /** Those that match the filters; undefined while data for the filters is loading. */
  readonly matches: readonly TaskSummary[] | undefined
  /** Why the filters cannot be applied, for example when they name a run that does not exist. */
  readonly refusal: string | undefined
}

/** What the gallery shows, and what "next" steps through on a task's page. */
export function useFilteredTasks(filters: Filters): FilteredTasks {
  const catalogue = useCatalogue()
  const solved = useSolved()
  const progress = useReadProgress()
  const readRates = useReadSolveRates()
  const isByRate = filters.sort !== undefined && /runs|people/.test(filters.sort)
  // Otherwise a try would sort anew.
  const rates = isByRate && readRates.state !== 'loading' ? readRates.value : undefined
  const run = filters.by?.run === anyRun ? undefined : filters.by?.run
  const read = useResource(filters.by && solvedAddress(run), () => api.readSolved(run))
  const byRun = read.state === 'loading' ? undefined : read.value
  const tasks = catalogue.state === 'loading' ? undefined : catalogue.value?.tasks
  const needed = [
    ...(filters.by ? [read] : []),
    ...(filters.solved ? [progress] : []),
    ...(isByRate ? [readRates] : []),
  ]
  const isKnown = needed.every(hasValue)
  const matches = useMemo(
    () =>
      tasks && isKnown
        ? sortTasks(filterTasks(tasks, filters, { solved, byRun }), filters.sort, rates ?? noRates)
        : undefined,
    [tasks, filters, solved, byRun, rates, isKnown],
  )
  const failed = needed.find((resource) => resource.state === 'failed' && !hasValue(resource))
  return { tasks, matches, refusal: failed?.state === 'failed' ? failed.error.message : undefined }
}

function hasValue(resource: Resource<unknown>): boolean {
  return resource.state !== 'loading' && resource.value !== undefined
}
