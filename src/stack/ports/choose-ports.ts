import { existsSync } from 'node:fs'
import { isAlive } from '../../adapters/process-identity.ts'
import type { Config } from '../../config.ts'
import { partNames } from '../parts/part.ts'
import { addressOfServer } from '../parts/server-part.ts'
import { readIdentity, readPartFacts, type StackFiles } from '../state/stack-files.ts'
import { answersAt } from '../with-temporal.ts'
import { findFreePort } from './find-free-port.ts'
import { isListening } from './is-listening.ts'
import { staysTaken } from './stays-taken.ts'

export type Ports = Config['ports']

export interface ChosenPorts {
  readonly ports: Ports
  /** Which ports differ from the settings, in words. */
  readonly notes: readonly string[]
}

const purposes: Readonly<Record<keyof Ports, string>> = {
  temporal: 'the Temporal server',
  temporalUi: "Temporal's UI",
  baseline: 'the baseline model',
  web: 'the page',
}

/**
 * The ports that a supervisor uses for its whole life: those from the settings, each replaced by the next free one if another
 * program listens. Commands and the worker read them from the supervisor, never from the settings.
 *
 * If parts of an earlier supervisor are alive, they keep their ports.
 */
export async function choosePorts(config: Config, files: StackFiles): Promise<ChosenPorts> {
  const livingPorts = readPortsOfLivingParts(files)
  if (livingPorts) return { ports: livingPorts, notes: [] }
  const isTaken = wasKilled(files) ? staysTaken : isListening
  const ports: Record<keyof Ports, number> = { ...config.ports }
  const spoken = new Set<number>(Object.values(ports))
  const notes: string[] = []
  const names: (keyof Ports)[] = (await isServedByOthers(config))
    ? ['baseline', 'web']
    : ['temporal', 'temporalUi', 'baseline', 'web']
  const taken = await Promise.all(names.map((name) => isTaken(ports[name])))
  for (const [at, name] of names.entries()) {
    if (!taken[at]) continue
    ports[name] = await findFreePort(ports[name], spoken)
    notes.push(`Port ${config.ports[name]} is taken by another program, so ${purposes[name]} uses port ${ports[name]}.`)
  }
  return { ports, notes }
}

function readPortsOfLivingParts(files: StackFiles): Ports | undefined {
  for (const name of partNames) {
    const identity = readIdentity(files.part(name))
    const { ports } = readPartFacts(files.part(name))
    if (identity && isAlive(identity) && ports) return ports
  }
  return undefined
}

/** Whether the last supervisor did not clean up, so that its processes may be about to die. */
function wasKilled(files: StackFiles): boolean {
  return existsSync(files.parts)
}

/** If so, neither the server's port nor one for its UI is needed. */
async function isServedByOthers(config: Config): Promise<boolean> {
  if (config.temporal.address !== undefined) return true
  if (!(await isListening(config.ports.temporal))) return false
  return answersAt({ address: addressOfServer(config) }, config.temporal.namespace)
}

/** The settings with other ports, also for child processes. */
export function withPorts(config: Config, ports: Ports): Config {
  const variables = {
    ARCLOOM_TEMPORAL_PORT: String(ports.temporal),
    ARCLOOM_TEMPORAL_UI_PORT: String(ports.temporalUi),
    ARCLOOM_WEB_PORT: String(ports.web),
    ARCLOOM_BASELINE_PORT: String(ports.baseline),
  }
  return { ...config, ports, environment: () => ({ ...config.environment(), ...variables }) }
}
