import { homedir } from 'node:os'
import { readRegistry } from '../../adapters/models/registry/read-registry.ts'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { Config } from '../../config.ts'
import type { Model } from '../../domain/models/model-spec.ts'
import { findProvider, providerNames } from '../../domain/providers/providers.ts'
import { isVerification } from '../../domain/runs/run.ts'
import type { MachineFacts } from '../../site/hide-machine.ts'

/** What is known of this machine and the runs' models, to be kept out of what is published. */
export async function readMachineFacts(config: Config, folders: readonly RunFolder[]): Promise<MachineFacts> {
  const runs = await Promise.all(folders.map((folder) => folder.readRun()))
  const models: readonly Partial<Model>[] = [
    ...(await readRegistry(config.projectRoot)),
    ...runs.flatMap((run) => (isVerification(run) ? [] : [run.model])),
  ]
  const defaults = providerNames.map(findProvider)
  const publicAddresses = new Set(
    defaults.flatMap(({ runsHere, defaults }) => (runsHere ? [] : (defaults?.baseUrl ?? []))),
  )
  const names = new Set(
    [...models, ...defaults.map((each) => each.defaults ?? {})].flatMap(({ apiKeyVariable }) => apiKeyVariable ?? []),
  )
  return {
    paths: [
      config.dataDir,
      config.projectRoot,
      homedir(),
      process.cwd(),
      ...runs.flatMap((run) => run.datasets.map(({ path }) => path)),
    ],
    addresses: models
      .flatMap(({ baseUrl = '', baseUrls = [baseUrl] }) => baseUrls)
      .filter((address) => address !== '' && !publicAddresses.has(address)),
    variables: [...names].map((name) => ({ name, value: config.apiKey(name) })),
  }
}
