import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { serve, type ServerType } from '@hono/node-server'
import type { Hono } from 'hono'
import type { RunStore } from '../../src/adapters/stores/run-store.ts'
import { createApp } from '../../src/api/create-app.ts'
import type { Discussions } from '../../src/api/discussions/discussions.ts'
import type { Pass } from '../../src/api/guards/admit-bearer.ts'
import { openLibrary } from '../../src/api/open-library.ts'
import { createPageReader } from '../../src/api/page/page-files.ts'
import type { PosedTask } from '../../src/domain/tasks/task.ts'
import type { RunOperations } from '../../src/operations/create-operations.ts'

/** The page over a test's own tasks, on a port of its own. */
export interface ServedPage {
  readonly url: string
  /** Where it writes. */
  readonly dataDir: string
  /** Errors of the server; there should be none. */
  readonly faults: readonly unknown[]
  /** As when its process is killed; what it wrote stays. */
  stop(): Promise<void>
  /** Starts it again at the same address. */
  start(): Promise<void>
  close(): Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface ServeOptions {
  /** The token that visitors need; there is none by default. */
  readonly pass?: Pass
  /** There are none by default. */
  readonly discussions?: Discussions
  /** Where it reads and writes; a folder of its own by default. */
  readonly findDataDir?: () => string
  /** The address of the Temporal UI; by default there is none. */
  readonly findTemporalUi?: () => string
  /** What starts and steers runs. @param project the folder of the tasks */
  readonly openOperations?: (project: string, store: RunStore) => RunOperations
}

/**
 * Builds the page from the current sources, and serves it.
 *
 * @param tasks by their ids
 */
export async function servePage(
  tasks: Readonly<Record<string, PosedTask>>,
  { pass, discussions, findDataDir, findTemporalUi, openOperations }: ServeOptions = {},
): Promise<ServedPage> {
  const folder = await mkdtemp(join(tmpdir(), 'arcloom-page-'))
  const [dist, taskFolder] = [join(folder, 'dist'), join(folder, 'data/tasks/training')]
  const dataDir = findDataDir?.() ?? join(folder, 'own')
  await mkdir(taskFolder, { recursive: true })
  await Promise.all([
    buildPage(dist),
    ...Object.entries(tasks).map(([id, task]) => writeFile(join(taskFolder, `${id}.json`), JSON.stringify(task))),
  ])
  const faults: unknown[] = []
  const library = openLibrary({ project: folder, data: dataDir, ...(findTemporalUi && { findTemporalUi }) })
  const operations = openOperations?.(folder, library.runs)
  const app = createApp({
    library,
    discussions,
    ...(operations && { operations }),
    readPage: createPageReader(dist),
    onFault: (fault) => faults.push(fault),
    pass,
  })
  let server = await listen(app, 0)
  const { port } = server.address() as AddressInfo // It listens on a port, not on a pipe.
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    faults,
    stop: () => stop(server),
    async start() {
      server = await listen(app, port)
    },
    async close() {
      await Promise.all([stop(server), library.sandbox.close()])
      await rm(folder, { recursive: true })
    },
  }
}

async function listen({ fetch }: Hono, port: number): Promise<ServerType> {
  const server = serve({ fetch, port, hostname: '127.0.0.1' })
  await once(server, 'listening')
  return server
}

async function stop(server: ServerType): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
  await closed
}

/** @param config of the page that is built; that of a server by default */
export async function buildPage(outDir: string, config = 'web/vite.config.ts'): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const words = [vite, 'build', 'web', '--config', config, '--outDir', outDir, '--emptyOutDir']
  await promisify(execFile)(process.execPath, words, { cwd: root })
}
