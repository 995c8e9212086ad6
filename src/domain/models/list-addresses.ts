import type { Model } from './model-spec.ts'

/** All addresses of a model: one, or those of its servers. */
export function listAddresses({ baseUrl, baseUrls }: Pick<Model, 'baseUrl' | 'baseUrls'>): readonly string[] {
  return baseUrls ?? [baseUrl]
}
