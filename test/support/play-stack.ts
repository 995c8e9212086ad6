import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readOwnIdentity } from '../../src/adapters/process-identity.ts'
import type { Config } from '../../src/config.ts'
import { listStackFiles, writeStackFile } from '../../src/stack/state/stack-files.ts'
import type { StackStatus } from '../../src/stack/state/stack-status.ts'
import { buildPairs } from './build-run.ts'

/** Plays the supervisor of a stack whose server and worker are this process's: whoever joins it finds them there. */
export function playStack(config: Pick<Config, 'stateDir'>, temporal: string): void {
  const identity = readOwnIdentity()
  const part = { state: 'external', since: 0, triedAt: 0, restarts: 0 } as const
  const status: StackStatus = {
    identity,
    startedAt: '',
    version: '',
    ending: false,
    addresses: {
      temporal,
      namespace: 'default',
      temporalUi: 'http://127.0.0.1:1',
      baseline: 'http://127.0.0.1:1/v1',
      page: 'http://127.0.0.1:1',
    },
    notes: [],
    parts: { server: part, worker: part },
  }
  writeStackFile(listStackFiles(config).status, status)
}

/** A project's folder with tasks of its own and models. @returns the folder */
export async function makeProject(baseUrl: string, tasks: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'arcloom-project-'))
  await putModels(folder, baseUrl)
  await mkdir(join(folder, 'data/tasks/training'), { recursive: true })
  for (let index = 0; index < tasks; index += 1) {
    await writeFile(join(folder, `data/tasks/training/task-${index}.json`), JSON.stringify(buildPairs(index)))
  }
  return folder
}

/**
 * Makes a folder one from which runs can be started: with a priced model `FAKE` at an address, and one that lacks its key.
 *
 * @param others further entries of the registry, by their keys; all are asked at the same address
 */
export async function putModels(
  folder: string,
  baseUrl: string,
  others: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Promise<void> {
  const modules = join(folder, 'node_modules')
  await rm(modules, { force: true })
  await symlink(resolve('node_modules'), modules)
  const prices = { promptUsdPerMillion: 1, completionUsdPerMillion: 1000, asOf: '2026-01-01' }
  const models = {
    FAKE: { provider: 'local', id: 'fake', baseUrl, prices },
    KEYED: { provider: 'local', id: 'keyed', baseUrl, apiKeyVariable: 'ARCLOOM_TEST_KEY' },
    ...Object.fromEntries(Object.entries(others).map(([key, entry]) => [key, { ...entry, baseUrl }])),
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ version: '1.0.0' }))
  await writeFile(join(folder, 'models.json'), JSON.stringify(models))
}
