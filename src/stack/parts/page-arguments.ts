import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { nodeFlags } from './part.ts'

/** Who may visit: without a host, only this machine. */
export interface PageDoor {
  readonly host?: string
  /** Require the token on the loopback interface too. */
  readonly token?: boolean
  /** Let visitors who have the token start and steer runs, run programs and ask models. */
  readonly allowRuns?: boolean
}

/** Node's arguments to serve the page, for the supervisor or `arcloom web`. */
export function listPageArguments({ projectRoot, dataDir, ports, python }: Config, door: PageDoor = {}): string[] {
  const { host, token, allowRuns } = door
  const script = join(projectRoot, 'src/api/main.ts')
  const args = [...nodeFlags, script, '--port', String(ports.web), '--project', projectRoot, '--data', dataDir]
  if (python !== undefined) args.push('--python', python)
  if (host !== undefined) args.push('--host', host)
  if (token) args.push('--token')
  if (allowRuns) args.push('--allow-runs')
  return args
}
