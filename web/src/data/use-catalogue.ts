import type { CatalogueDocument } from '../../../src/api/documents.ts'
import { api } from './api.ts'
import { useResource, type Resource } from './resources.ts'

export function useCatalogue(): Resource<CatalogueDocument> {
  return useResource('/api/tasks', api.readCatalogue)
}

const none: ReadonlySet<string> = new Set()

export function useSolved(): ReadonlySet<string> {
  return none
}
