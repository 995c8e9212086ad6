import type { Model } from '../../../../domain/models/model-spec.ts'
import type { Gate } from '../gate.ts'
import { createPoolGate } from './create-pool-gate.ts'

/** @returns the gates of all models: one for all servers of a model that has several, the given ones for the others */
export function createPoolGates(gateOf: (model: Model) => Gate): (model: Model) => Gate {
  const pools = new Map<string, Gate>()
  return (model) => {
    const { baseUrls, id, apiKeyVariable } = model
    if (baseUrls === undefined || baseUrls.length === 0) return gateOf(model)
    // Opened again each time: the model's limits apply from now on.
    const servers = baseUrls.map((baseUrl) => ({ baseUrl, gate: gateOf({ ...model, baseUrl }) }))
    const key = JSON.stringify([id, apiKeyVariable, baseUrls])
    const { providerLimits: _, ...unlimited } = { ...model, limits: {}, baseUrl: baseUrls.join(' ') }
    const pool = pools.get(key) ?? createPoolGate({ servers, whole: gateOf(unlimited) })
    pools.set(key, pool)
    return pool
  }
}
