import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { serve } from '@hono/node-server'
import { createApp } from '../../src/api/create-app.ts'
import { openLibrary } from '../../src/api/open-library.ts'
import { createPageReader } from '../../src/api/page-files.ts'
import type { TaskPairs } from '../../src/domain/task.ts'

/** The page over tasks of a test's own, on a port of its own. */
export interface ServedPage {
  readonly url: string
  /** Where it writes. */
  readonly dataDir: string
  /** What went wrong in the server, which should be nothing. */
  readonly faults: readonly unknown[]
  close(): Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Builds the page as it stands, and serves it.
 *
 * @param tasks by their ids
 */
export async function servePage(tasks: Readonly<Record<string, TaskPairs>>): Promise<ServedPage> {
  const folder = await mkdtemp(join(tmpdir(), 'arcloom-page-'))
  const [dist, taskFolder, dataDir] = [join(folder, 'dist'), join(folder, 'data/tasks/training'), join(folder, 'own')]
  await mkdir(taskFolder, { recursive: true })
  await Promise.all([
    buildPage(dist),
    ...Object.entries(tasks).map(([id, task]) => writeFile(join(taskFolder, `${id}.json`), JSON.stringify(task))),
  ])
  const faults: unknown[] = []
  const app = createApp({
    library: openLibrary({ project: folder, data: dataDir }),
    readPage: createPageReader(dist),
    onFault: (fault) => faults.push(fault),
  })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // It listens on a port, not on a pipe.
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    faults,
    async close() {
      const closed = once(server, 'close')
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
      await rm(folder, { recursive: true })
    },
  }
}

async function buildPage(outDir: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', 'web', '--outDir', outDir, '--emptyOutDir'], {
    cwd: root,
  })
}
