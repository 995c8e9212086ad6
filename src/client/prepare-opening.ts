import type { Client } from '@temporalio/client'
import type { RunStore } from '../adapters/stores/run-store.ts'
import { hashWorkflowCode } from '../adapters/workflow-code.ts'
import { ensureSearchAttributes } from './ensure-search-attributes.ts'
import type { Opening } from './open-workflow.ts'

/** Everything needed to open runs on a server, looked up once. */
export async function prepareOpening(client: Client, store: RunStore): Promise<Opening> {
  const [storeId, code, searchAttributes] = await Promise.all([
    store.readStoreId(),
    hashWorkflowCode(),
    ensureSearchAttributes(client),
  ])
  return { client, storeId, code, searchAttributes }
}
