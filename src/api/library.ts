import type { Catalogue } from '../adapters/datasets/create-catalogue.ts'

/** What the API works on. */
export interface Library {
  readonly catalogue: { read(): Promise<Catalogue> }
}
