import { useMemo } from 'react'
import type { TaskSummary } from '../../../src/api/documents.ts'
import { anyRun, type Filters } from '../address/route.ts'
import { api, solvedAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { useCatalogue, useSolved } from '../parts/use-catalogue.ts'
import { filterTasks } from './filter-tasks.ts'

interface FilteredTasks {
  /** All tasks; undefined while they are being read. */
  readonly tasks: readonly TaskSummary[] | undefined
  /** Those that the filters leave; undefined while something is being read that they need. */
  readonly shown: readonly TaskSummary[] | undefined
  /** Why the filters cannot be followed, as where they name a run that is not there. */
  readonly refusal: string | undefined
}

/** What the gallery shows, and what "next" walks through on a task's page. */
export function useFilteredTasks(filters: Filters): FilteredTasks {
  const catalogue = useCatalogue()
  const solved = useSolved()
  const run = filters.by?.run === anyRun ? undefined : filters.by?.run
  const read = useResource(filters.by && solvedAddress(run), () => api.readSolved(run))
  const byRun = read.state === 'loading' ? undefined : read.value
  const tasks = catalogue.state === 'loading' ? undefined : catalogue.value?.tasks
  const isKnown = filters.by === undefined || byRun !== undefined
  const shown = useMemo(
    () => (tasks && isKnown ? filterTasks(tasks, filters, { solved, byRun }) : undefined),
    [tasks, filters, solved, byRun, isKnown],
  )
  const refusal = read.state === 'failed' && byRun === undefined ? read.error.message : undefined
  return { tasks, shown, refusal }
}
