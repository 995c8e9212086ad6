import { fileURLToPath } from 'node:url'
import { readConfig } from '../../../src/config.ts'
import { createParts } from '../../../src/stack/create-parts.ts'
import { markKeys } from '../../../src/stack/key-marks.ts'
import { runSupervisor } from '../../../src/stack/run-supervisor.ts'

/* The supervisor with the real server and the real baseline, and a stand-in for the worker. */

const config = readConfig()
const env = config.environment()
const standIn = fileURLToPath(new URL('stand-in-worker.ts', import.meta.url))
const parts = createParts(config).map((part) =>
  part.name === 'worker'
    ? { ...part, plan: async () => ({ command: process.execPath, args: [standIn], env, keys: markKeys(env) }) }
    : part,
)
await runSupervisor(config, parts)
