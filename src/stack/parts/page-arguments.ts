import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { nodeFlags } from './part.ts'

/** Who may come: without a host, this machine alone. */
export interface PageDoor {
  readonly host?: string
  /** Ask for the token on the loopback interface too. */
  readonly token?: boolean
}

/** How Node is called to serve the page, by the supervisor or by `arcloom web`. */
export function listPageArguments({ projectRoot, dataDir, ports }: Config, { host, token }: PageDoor = {}): string[] {
  const script = join(projectRoot, 'src/api/main.ts')
  const args = [...nodeFlags, script, '--port', String(ports.web), '--project', projectRoot, '--data', dataDir]
  if (host !== undefined) args.push('--host', host)
  if (token) args.push('--token')
  return args
}
