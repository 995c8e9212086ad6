import { readNumbers } from '../adapters/read-numbers.ts'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import type { Config } from '../config.ts'
import { describeRun, type RunDocument } from '../domain/run-document.ts'
import { readStackStatus } from '../stack/read-stack-status.ts'

/** A run as `--json` prints it, from its files alone. */
export async function documentRun(config: Config, folder: RunFolder): Promise<RunDocument> {
  const numbers = await readNumbers(folder)
  return describeRun(numbers, Date.now(), linkToUi(config, numbers.state.temporal))
}

/** The run's page in the Temporal UI, where one of ours is up. */
function linkToUi(config: Config, temporal: { namespace: string; workflow_id: string; run_id: string } | null) {
  const ui = readStackStatus(config).status?.addresses.temporalUi
  if (ui === undefined || temporal === null) return null
  const path = [temporal.namespace, 'workflows', temporal.workflow_id, temporal.run_id].map(encodeURIComponent)
  return `${ui}/namespaces/${path.join('/')}`
}
