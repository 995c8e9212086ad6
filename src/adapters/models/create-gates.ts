import type { Model } from '../../domain/models/model-spec.ts'
import { createGateHouse, type Gate, type GateHouse } from './gate.ts'

/**
 * All gates of a worker: one per model. Models with the same address and key share the key's limits. If two entries of the
 * registry mean the same model, the smaller of their limits apply to both.
 */
export function createGates(): (model: Model) => Gate {
  const houses = new Map<string, GateHouse>()
  return ({ provider, id, baseUrl, apiKeyVariable = '', limits, providerLimits = {} }) => {
    const place = JSON.stringify([provider, baseUrl, apiKeyVariable])
    const house = houses.get(place) ?? createGateHouse()
    houses.set(place, house)
    house.limit(providerLimits)
    return house.open(id, limits)
  }
}
