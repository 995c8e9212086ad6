import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../../../src/config.ts'
import { ensureStack } from '../../../src/stack/ensure-stack.ts'
import { partNames, type PartName } from '../../../src/stack/parts/part.ts'
import { readStackStatus } from '../../../src/stack/state/read-stack-status.ts'
import { stopStack } from '../../../src/stack/stop-stack.ts'
import { findStackPorts } from '../find-free-port.ts'

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const program = pathOf('supervisor.ts')

export type TestStack = Awaited<ReturnType<typeof createTestStack>>

/** A stack with its own data folder and ports. Disposing of it fails if one of its processes is left. */
export async function createTestStack(environment: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'stack-'))
  const config = readConfig({
    ...process.env,
    TEMPORAL_ADDRESS: '',
    ARCLOOM_DATA_DIR: dataDir,
    ...(await findStackPorts()),
    ...environment,
  })
  const lines: string[] = []
  const onProgress = (line: string) => lines.push(line)
  const status = () => readStackStatus(config)

  return {
    config,
    lines,
    status,
    ensure: (keep = false, needs: readonly PartName[] = partNames) =>
      ensureStack(config, { keep, needs, onProgress, program }),
    /** By a command of the checked-out version, whatever this stack's worker reports. */
    ensureOfThisVersion(oldWorker: 'leave' | 'renew-unused' | 'renew') {
      const environment = { ...config.environment(), STAND_IN_CODE: '' }
      return ensureStack(readConfig(environment), { keep: false, oldWorker, onProgress, program })
    },
    /** By a command that has a key, which the stack may have been started without. */
    ensureWithKey(variable: string, value: string) {
      const environment = { ...config.environment(), [variable]: value }
      return ensureStack(readConfig(environment), { keep: false, keys: [variable], onProgress, program })
    },
    stop: (now = false) => stopStack(config, { now, onProgress, program }),
    partPid: (name: PartName) => status().status?.parts[name]?.identity?.pid ?? 0,
    supervisorPid: () => status().status?.identity.pid ?? 0,
    /** Another command, which needs the stack until it is killed. */
    async hold() {
      const client = spawn(process.execPath, [pathOf('hold-stack.ts'), program], {
        env: { ...config.environment() },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await once(client.stdout, 'data')
      return client
    },
    listProcesses: () => listProcesses(dataDir),
    /** Leftover files in the stack's folder. */
    listRemains: () =>
      readdirSync(config.stateDir).filter((name) => name !== 'logs' && !/^temporal-[\d.]+\.db(-wal|-shm)?$/.test(name)),
    async dispose() {
      await stopStack(config, { now: true, onProgress, program })
      await until(() => listProcesses(dataDir).length === 0)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Waits for something that other processes do; the test's own timeout ends it. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20)
}

/** Every process that was started with this data folder, whoever its parent is. Linux only; elsewhere none are found. */
function listProcesses(dataDir: string): number[] {
  return listFolder('/proc')
    .filter((name) => {
      if (!/^\d+$/.test(name)) return false
      try {
        return readFileSync(`/proc/${name}/environ`, 'latin1').includes(`ARCLOOM_DATA_DIR=${dataDir}\0`)
      } catch {
        return false
      }
    })
    .map(Number)
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
