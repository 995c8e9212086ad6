import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { nodeFlags } from './part.ts'

/** Who may visit: without a host, only this machine. */
export interface PageDoor {
  readonly host?: string
  /** Require the token on the loopback interface too. */
  readonly token?: boolean
}

/** Node's arguments to serve the page, for the supervisor or `arcloom web`. */
export function listPageArguments({ projectRoot, dataDir, ports }: Config, { host, token }: PageDoor = {}): string[] {
  const script = join(projectRoot, 'src/api/main.ts')
  const args = [...nodeFlags, script, '--port', String(ports.web), '--project', projectRoot, '--data', dataDir]
  if (host !== undefined) args.push('--host', host)
  if (token) args.push('--token')
  return args
}
