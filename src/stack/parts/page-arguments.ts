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

/**
 * The page's server makes much short-lived garbage: every answer is built and sent anew. V8 would let each of its two threads keep
 * up to 32 MB of it before it looks, and holds on to that memory; looking earlier costs no measurable time.
 */
export const pageNodeFlags = [...nodeFlags, '--max-semi-space-size=2']

/** Node's arguments to serve the page, for the supervisor or `arcloom web`. */
export function listPageArguments({ projectRoot, dataDir, ports, python }: Config, door: PageDoor = {}): string[] {
  const { host, token, allowRuns } = door
  const script = join(projectRoot, 'src/api/main.ts')
  const args = [...pageNodeFlags, script, '--port', String(ports.web), '--project', projectRoot, '--data', dataDir]
  if (python !== undefined) args.push('--python', python)
  if (host !== undefined) args.push('--host', host)
  if (token) args.push('--token')
  if (allowRuns) args.push('--allow-runs')
  return args
}
