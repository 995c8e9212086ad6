import { isAlive } from '../../adapters/process-identity.ts'
import type { Config } from '../../config.ts'
import { partTitles, type PartName } from '../../stack/parts/part.ts'
import { addressOfServer } from '../../stack/parts/server-part.ts'
import { findFreePort } from '../../stack/ports/find-free-port.ts'
import { isListening } from '../../stack/ports/is-listening.ts'
import { readLivingStatus } from '../../stack/state/read-stack-status.ts'
import { listStackFiles, readIdentity } from '../../stack/state/stack-files.ts'
import { answersAt } from '../../stack/with-temporal.ts'
import { noted, passed, type Check } from './check.ts'

/** A port of the stack. */
interface Port {
  readonly name: string
  readonly port: number
  readonly variable: string
  /** The part that listens on it. */
  readonly part: PartName
}

export type PortProbe = Port &
  (
    | { readonly state: 'free' | 'ours' | 'server' }
    /** Taken by a program that is not ours; `freePort` is a free one near it. */
    | { readonly state: 'taken'; readonly freePort: number }
  )

/** If the user named a server, none of the server's ports is needed. */
export async function probePorts(config: Config): Promise<PortProbe[]> {
  const ports = listPorts(config).filter(({ part }) => part !== 'server' || config.temporal.address === undefined)
  // One after the other, so that no two are moved to the same port.
  const spoken = new Set(Object.values(config.ports))
  const probes: PortProbe[] = []
  for (const port of ports) probes.push(await probePort(config, port, spoken))
  return probes
}

function listPorts({ ports }: Config): Port[] {
  return [
    { name: 'temporal port', port: ports.temporal, variable: 'ARCLOOM_TEMPORAL_PORT', part: 'server' },
    { name: 'temporal ui port', port: ports.temporalUi, variable: 'ARCLOOM_TEMPORAL_UI_PORT', part: 'server' },
    { name: 'baseline port', port: ports.baseline, variable: 'ARCLOOM_BASELINE_PORT', part: 'baseline' },
    { name: 'page port', port: ports.web, variable: 'ARCLOOM_WEB_PORT', part: 'page' },
  ]
}

async function probePort(config: Config, port: Port, spoken: Set<number>): Promise<PortProbe> {
  if (!(await isListening(port.port))) return { ...port, state: 'free' }
  if (isServedByUs(config, port)) return { ...port, state: 'ours' }
  if (await serverAnswers(config, port)) return { ...port, state: 'server' }
  return { ...port, state: 'taken', freePort: await findFreePort(port.port, spoken) }
}

/** Asks the part's own file first: the supervisor may have been killed. If it is alive, it may listen on other ports. */
function isServedByUs(config: Config, { part, port }: Port): boolean {
  const files = listStackFiles(config)
  const identity = readIdentity(files.part(part))
  if (identity === undefined || !isAlive(identity)) return false
  const status = readLivingStatus(files)
  // A copy, because TypeScript knows the values of an interface's fields only as `any`.
  const addresses = status && Object.values({ ...status.addresses })
  return !addresses || addresses.some((address) => new RegExp(`:${port}\\b`).test(address))
}

/** An external server works, and then no port for a UI is needed. */
async function serverAnswers(config: Config, { part }: Port): Promise<boolean> {
  if (part !== 'server' || !(await isListening(config.ports.temporal))) return false
  return answersAt({ address: addressOfServer(config) }, config.temporal.namespace)
}

export function judgePort(probe: PortProbe): Check {
  const { name, port, variable, part } = probe
  const check = { name, needed: `free, or used by the ${partTitles[part]}` }
  switch (probe.state) {
    case 'free':
      return passed({ ...check, found: `${port} is free` })
    case 'ours':
      return passed({ ...check, found: `${port} is used by this stack` })
    case 'server':
      return passed({
        ...check,
        found: `${port} is used by a Temporal server that Arcloom did not start; it will be used`,
      })
    case 'taken':
      return noted({
        ...check,
        found: `${port} is taken by another program; \`up\` chooses another port and prints it`,
        mend: `export ${variable}=${probe.freePort}`,
      })
  }
}
