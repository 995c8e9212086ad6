import { connectClient } from '../../src/client/connect.ts'
import { prepareOpening } from '../../src/client/prepare-opening.ts'
import { startRun } from '../../src/client/start-run.ts'
import { openRunStore } from '../../src/runs/open-run-store.ts'
import type { RunRequest } from '../../src/runs/prepare-run.ts'
import { buildRun } from './test-bench.ts'
import type { TestStack } from './test-stack.ts'

/** Starts a run on a stack that is up, of a model that no command could name at a loopback address. */
export async function startOnStack(
  { config }: TestStack,
  baseUrl: string,
  change: Partial<RunRequest> = {},
): Promise<string> {
  const store = openRunStore(config, 'test')
  const client = await connectClient({ address: `127.0.0.1:${config.ports.temporal}` }, config.temporal.namespace)
  try {
    const { folder } = await startRun(await prepareOpening(client, store), store, buildRun(baseUrl, change))
    return folder.runId
  } finally {
    await client.connection.close()
  }
}
