import { useMemo } from 'react'
import type { CatalogueDocument, ProgressDocument, SolveRatesDocument } from '../../../../src/api/documents.ts'
import { api } from '../../data/api.ts'
import { useResource, type Resource } from '../../data/resources.ts'
import { usePerson } from '../../preferences/person.ts'

export function useCatalogue(): Resource<CatalogueDocument> {
  return useResource('/api/tasks', api.readCatalogue)
}

const nothing: ProgressDocument = { solved: {}, views: {} }

export function useReadProgress(): Resource<ProgressDocument> {
  const person = usePerson()
  return useResource(`/api/progress?person=${encodeURIComponent(person)}`, () => api.readProgress(person))
}

/** What the person has solved; empty while that is unknown. */
export function useProgress(): ProgressDocument {
  const progress = useReadProgress()
  return progress.state === 'loading' ? nothing : (progress.value ?? nothing)
}

/** Keys of the tasks that the person has solved. */
export function useSolved(): ReadonlySet<string> {
  const { solved } = useProgress()
  return useMemo(() => new Set(Object.keys(solved)), [solved])
}

export function useReadSolveRates(): Resource<SolveRatesDocument> {
  return useResource('/api/solved/rates', api.readSolveRates)
}

const noRates: SolveRatesDocument = { runs: {}, people: {} }

/** How often tasks were solved; empty while that is unknown. */
export function useSolveRates(): SolveRatesDocument {
  const rates = useReadSolveRates()
  return rates.state === 'loading' ? noRates : (rates.value ?? noRates)
}
