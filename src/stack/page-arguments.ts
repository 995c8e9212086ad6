import { join } from 'node:path'
import type { Config } from '../config.ts'
import { nodeFlags } from './part.ts'

/** How Node is called to serve the page, by the supervisor or by `arcloom web`. */
export function listPageArguments({ projectRoot, dataDir, ports }: Config): string[] {
  const script = join(projectRoot, 'src/api/main.ts')
  return [...nodeFlags, script, '--port', String(ports.web), '--project', projectRoot, '--data', dataDir]
}
