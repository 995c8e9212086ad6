import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive, type ProcessIdentity } from '../../src/adapters/process-identity.ts'
import { readConfig, type Config } from '../../src/config.ts'
import type { RunDocument } from '../../src/domain/results/run-document.ts'
import type { PartName } from '../../src/stack/parts/part.ts'
import { listStackFiles, readIdentity } from '../../src/stack/state/stack-files.ts'
import { findStackPorts } from './find-free-port.ts'
import { beginClient, type Ended } from './run-client.ts'
import { shareWorkflowBundle } from './share-workflow-bundle.ts'

/** All of Arcloom as a user has it: the client as a process, and the stack that it starts, in a folder of its own. */
export interface TestStack {
  readonly config: Config
  readonly dataDir: string
  /** Runs `arcloom …` to its end. Never rejects because of an exit code. */
  arcloom(...words: string[]): Promise<Ended>
  /** Starts `arcloom …` and leaves it running. */
  begin(...words: string[]): ChildProcess & { readonly ended: Promise<Ended> }
  status(runId: string): Promise<RunDocument>
  identify(name: PartName | 'supervisor'): ProcessIdentity
  /** `kill -9`, all at the same moment. */
  kill(...names: (PartName | 'supervisor')[]): void
  close(): Promise<void>
}

export async function openTestStack(environment: Readonly<Record<string, string>> = {}): Promise<TestStack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'arcloom-stack-'))
  const env = {
    ...process.env,
    // A user who runs the tests may have a server of their own.
    TEMPORAL_ADDRESS: '',
    ARCLOOM_DATA_DIR: dataDir,
    ...(await findStackPorts()),
    ...environment,
  }
  const config = readConfig(env)
  await shareWorkflowBundle(config)
  const files = listStackFiles(config)
  const identify = (name: PartName | 'supervisor') => {
    const identity = readIdentity(name === 'supervisor' ? files.status : files.part(name))
    if (identity === undefined || !isAlive(identity)) throw new Error(`${name} does not run`)
    return identity
  }
  const begin: TestStack['begin'] = (...words) => beginClient(words, env)
  const arcloom: TestStack['arcloom'] = (...words) => begin(...words).ended
  return {
    config,
    dataDir,
    arcloom,
    begin,
    async status(runId) {
      const { stdout } = await arcloom('status', runId, '--json')
      return JSON.parse(stdout) as RunDocument
    },
    identify,
    kill(...names) {
      const identities = names.map(identify)
      for (const { pid } of identities) process.kill(pid, 'SIGKILL')
    },
    async close() {
      await arcloom('down', '--now')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
