import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOwnIdentity, renderProcessIdentity } from '../../../src/adapters/process-identity.ts'
import { readConfig } from '../../../src/config.ts'

/*
 * Behaves towards the supervisor like the worker: reports that it is ready, and takes its time when told to end.
 * STAND_IN_DRAIN_MS replaces its calls to models, and STAND_IN_FAILURE is the error it dies of before it is ready.
 */

const failure = process.env['STAND_IN_FAILURE']
if (failure) {
  console.error(failure)
  process.exit(2)
}

const identity = readOwnIdentity()
const folder = join(readConfig().stateDir, 'ready')
const ready = join(folder, `worker-${renderProcessIdentity(identity)}.json`)
mkdirSync(folder, { recursive: true })
writeFileSync(ready, JSON.stringify({ identity }))

const life = setInterval(() => {}, 60_000)
process.on('SIGTERM', () => {
  setTimeout(
    () => {
      rmSync(ready, { force: true })
      clearInterval(life)
    },
    Number(process.env['STAND_IN_DRAIN_MS'] ?? 0),
  )
})
