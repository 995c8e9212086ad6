import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hashCode } from '../../adapters/hash-code.ts'
import { locateNote } from '../../adapters/worker-notes.ts'
import type { Config, Environment } from '../../config.ts'
import { fingerprintKeys } from '../state/key-fingerprints.ts'
import { listStackFiles } from '../state/stack-files.ts'
import { nodeFlags, type PartSpec } from './part.ts'
import { addressOfServer } from './server-part.ts'

/** Longer than the worker gives its calls in flight, so that the worker decides. */
const graceMs = 30 * 60_000

export function createWorkerPart(config: Config): PartSpec {
  const { ready } = listStackFiles(config)
  return {
    name: 'worker',
    graceMs,
    async plan() {
      const env = composeEnvironment(config)
      const script = join(config.projectRoot, 'src/workers/main.ts')
      return {
        command: process.execPath,
        args: [...nodeFlags, script],
        env,
        facts: { keys: fingerprintKeys(env), code: hashCode() },
      }
    },
    isReady: async (identity) => existsSync(locateNote(ready, identity)),
  }
}

/** The user's key or certificate for another server must not be sent to ours, which does not use TLS. */
function composeEnvironment(config: Config): Environment {
  const environment = config.environment()
  if (config.temporal.address) return environment
  const rest = Object.entries(environment).filter(([name]) => !name.startsWith('TEMPORAL_'))
  return {
    ...Object.fromEntries(rest),
    TEMPORAL_ADDRESS: addressOfServer(config),
    TEMPORAL_NAMESPACE: config.temporal.namespace,
    TEMPORAL_TLS: 'false',
  }
}
