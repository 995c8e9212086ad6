import type { Client } from '@temporalio/client'
import { searchAttributeNames } from '../domain/runs/search-attributes.ts'

/** INDEXED_VALUE_TYPE_KEYWORD of temporal.api.enums.v1: an exact word. */
const keyword = 2

/**
 * Registers Arcloom's search attributes if they are missing: the only change it makes to a server it did not start.
 *
 * @returns whether they can be used; if the server does not let us add them, Arcloom works without
 */
export async function ensureSearchAttributes(client: Client): Promise<boolean> {
  const { operatorService } = client.connection
  const { namespace } = client.options
  try {
    const attributes = await operatorService.listSearchAttributes({ namespace })
    const missing = Object.values(searchAttributeNames).filter((name) => !(name in attributes.customAttributes))
    if (missing.length === 0) return true
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, keyword]))
    await operatorService.addSearchAttributes({ namespace, searchAttributes })
    return true
  } catch {
    return false
  }
}
