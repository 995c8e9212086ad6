import { createHash } from 'node:crypto'
import type { Model } from '../../../domain/models/model-spec.ts'
import { findProvider } from '../../../domain/providers/providers.ts'
import { createGateHouse, type Gate, type GateHouseOptions } from './gate.ts'
import { openNoteFiles } from './sharing/note-files.ts'
import { createSharing, type NamedHouse } from './sharing/share-limits.ts'

/** The gates of a process that asks models. */
export interface Gates {
  /** The gate of a model: one, however often it is asked for. */
  readonly of: (model: Model) => Gate
  /** Gives other processes what this one held. */
  close(): Promise<void>
}

/**
 * Gates whose limits hold for all processes that open them on the same folder.
 *
 * @param notes the folder of their notes (`locateGateNotes`)
 */
export function openGates(notes: string): Gates {
  const houses = new Map<string, NamedHouse>()
  const sharing = createSharing({ files: openNoteFiles(notes), houses: () => houses.values() })
  const of = createGates(houses, { isShared: true, onChange: (needsPart) => sharing.wake(needsPart) })
  return { of, close: () => sharing.close() }
}

/**
 * All gates of a process: one per model. Models with the same address and key share the key's limits. If two entries of the
 * registry mean the same model, the smaller of their limits apply to both.
 *
 * @param houses receives them by key
 */
export function createGates(
  houses = new Map<string, NamedHouse>(),
  options: GateHouseOptions = {},
): (model: Model) => Gate {
  return ({ provider, id, baseUrl, apiKeyVariable = '', limits, providerLimits = {} }) => {
    const key = JSON.stringify([provider, baseUrl, apiKeyVariable])
    let house = houses.get(key)
    if (house === undefined) {
      // Hashed, because an address may hold a password.
      const place = createHash('sha256').update(key).digest('hex').slice(0, 16)
      house = { place, title: findProvider(provider).title, house: createGateHouse(options) }
      houses.set(key, house)
    }
    house.house.limit(providerLimits)
    return house.house.open(id, limits)
  }
}
