import type { RunSummary } from '../../../../src/api/documents.ts'
import { api, runsAddress } from '../../data/api.ts'
import { useResource } from '../../data/resources.ts'

/** Names of the other runs that can solve tasks, of a dataset and split that the run has too; newest first. */
export function useComparable(run: string): readonly string[] {
  const read = useResource(runsAddress, api.readRuns)
  const runs = read.state === 'loading' ? [] : (read.value?.runs ?? [])
  const self = runs.find(({ run_id }) => run_id === run)
  if (!self?.gives_grids) return []
  return runs
    .filter((other) => other !== self && other.gives_grids && sharesPlace(self, other))
    .map(({ run_id }) => run_id)
}

function sharesPlace({ places }: RunSummary, other: RunSummary): boolean {
  return other.places.some(({ dataset, split }) =>
    places.some((place) => place.dataset === dataset && place.split === split),
  )
}
