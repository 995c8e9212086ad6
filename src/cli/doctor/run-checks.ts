import type { Config } from '../../config.ts'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { messageOf } from '../../domain/message-of.ts'
import { readStackStatus } from '../../stack/state/read-stack-status.ts'
import { judgeDataFolder, probeDataFolder } from './check-data-folder.ts'
import { judgeDatabase, probeDatabase } from './check-database.ts'
import { judgeDisk, probeDisk } from './check-disk.ts'
import { judgeKeys, judgeRegistry, probeRegistry } from './check-models.ts'
import { judgeNode } from './check-node.ts'
import { judgePools, probePools } from './check-pools.ts'
import { judgePort, probePorts } from './check-ports.ts'
import { judgePython, probePython } from './check-python.ts'
import { judgeRuns, probeRuns } from './check-runs.ts'
import { judgeSandbox, judgeUntriedSandbox, probeSandbox } from './check-sandbox.ts'
import { judgeStack } from './check-stack.ts'
import { judgeTemporal, probeTemporal } from './check-temporal.ts'
import { missing, stopsRuns, type Check } from './check.ts'

type Examine = (config: Config) => Promise<Check[]>

/** In display order. All probes run concurrently, and each judges its own findings. */
const examinations: Readonly<Record<string, Examine>> = {
  node: async () => [judgeNode(process.version)],
  sandbox: examineSandbox,
  temporal: async (config) => [judgeTemporal(await probeTemporal(config), config)],
  'temporal database': async (config) => [judgeDatabase(await probeDatabase(config))],
  stack: async (config) => [judgeStack(readStackStatus(config))],
  ports: async (config) => (await probePorts(config)).map(judgePort),
  'data folder': async (config) => [judgeDataFolder(await probeDataFolder(config))],
  runs: async (config) => [judgeRuns(await probeRuns(config))],
  disk: async (config) => [judgeDisk(await probeDisk(config))],
  models: examineModels,
}

/** Checks everything that runs need. Starts nothing permanent, and leaves nothing behind. */
export async function runChecks(config: Config): Promise<Check[]> {
  const entries = Object.entries(examinations)
  const checks = await Promise.all(entries.map(([name, examine]) => survive(name, examine, config)))
  return checks.flat()
}

/** A probe that throws becomes a failed check; the others are still valid. */
async function survive(name: string, examine: Examine, config: Config): Promise<Check[]> {
  try {
    return await examine(config)
  } catch (error) {
    const reason = messageOf(error)
    return [missing({ name, needed: 'a check that works', found: `the check failed: ${reason}`, mend: null })]
  }
}

async function examineSandbox(config: Config): Promise<Check[]> {
  const python = judgePython(await probePython(config), config)
  const sandbox = stopsRuns(python) ? [judgeUntriedSandbox(python)] : await survive('sandbox', openSandbox, config)
  return [python, ...sandbox]
}

async function openSandbox(config: Config): Promise<Check[]> {
  return judgeSandbox(await probeSandbox(config))
}

async function examineModels(config: Config): Promise<Check[]> {
  const probe = await probeRegistry(config)
  const { registry } = probe
  if (registry instanceof MalformedInput) return [judgeRegistry(probe)]
  return [judgeRegistry(probe), ...judgePools(await probePools(registry)), ...judgeKeys(registry, config)]
}
