import { fileURLToPath } from 'node:url'
import { hashCode } from '../../../src/adapters/hash-code.ts'
import { readConfig, type Config } from '../../../src/config.ts'
import { createParts } from '../../../src/stack/parts/create-parts.ts'
import { nodeFlags, type Launch } from '../../../src/stack/parts/part.ts'
import { runSupervisor } from '../../../src/stack/run-supervisor.ts'
import { StackFailed } from '../../../src/stack/stack-failed.ts'
import { fingerprintKeys } from '../../../src/stack/state/key-fingerprints.ts'

/* The supervisor with the real server and the real baseline, and a stand-in for the worker. */

const standIn = fileURLToPath(new URL('stand-in-worker.ts', import.meta.url))
await runSupervisor(readConfig(), (config) =>
  createParts(config).map((part) => {
    if (part.name === 'worker') return { ...part, plan: () => planStandIn(config) }
    const failure = config.environment()['STAND_IN_PAGE_FAILURE']
    return part.name === 'page' && failure ? { ...part, plan: () => Promise.reject(new StackFailed(failure)) } : part
  }),
)

async function planStandIn(config: Config): Promise<Launch> {
  const env = config.environment()
  const code = env['STAND_IN_CODE'] || hashCode()
  return { command: process.execPath, args: [...nodeFlags, standIn], env, facts: { keys: fingerprintKeys(env), code } }
}
