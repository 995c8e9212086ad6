import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reopenRun } from '../../src/client/reopen-run.ts'
import { startRun } from '../../src/client/start-run.ts'
import { steerRun, type Steering } from '../../src/client/steer-run.ts'
import type { RunNumbers } from '../../src/domain/results/run-document.ts'
import type { RunScope } from '../../src/domain/runs/specification.ts'
import type { RunRequest } from '../../src/runs/prepare-run.ts'
import { readNumbers } from '../../src/runs/read-numbers.ts'
import type { FakeProviderOptions } from './fake-provider.ts'
import { keepProviders } from './keep-providers.ts'
import { keepTestBench } from './keep-test-bench.ts'
import { buildRun } from './test-bench.ts'

/** For a test file: a bench, and what tests do with runs on it, each against a provider of its own. */
export function keepRuns(options: Parameters<typeof keepTestBench>[0] = {}) {
  const bench = keepTestBench(options)
  const serve = keepProviders()

  /** Starts a run and does not wait for it. */
  async function start(options: FakeProviderOptions, change: Partial<RunRequest> = {}) {
    const provider = await serve(options)
    const run = buildRun(provider.url, change)
    const { folder } = await startRun(bench.opening, bench.store, run)
    return { provider, run, folder, runId: folder.runId }
  }

  /** Waits for the end of a run's workflow, however it ends. */
  async function ended(runId: string): Promise<RunNumbers> {
    await bench.client.workflow
      .getHandle(runId)
      .result()
      .catch(() => undefined)
    return readNumbers(await bench.store.openRun(runId))
  }

  return {
    bench,
    serve,
    start,
    ended,
    run: async (options: FakeProviderOptions, change: Partial<RunRequest> = {}) => {
      const started = await start(options, change)
      return { ...started, numbers: await ended(started.runId) }
    },
    /** Opens an ended run again, and waits for its end. */
    reopened: async (runId: string, scope: RunScope = 'remaining'): Promise<RunNumbers> => {
      await reopenRun(bench.opening, await bench.store.openRun(runId), {}, scope)
      return ended(runId)
    },
    steer: (runId: string, steering: Steering) => steerRun(bench.client, runId, steering),
    readResults: async ({ state }: RunNumbers) => {
      const text = await readFile(join(bench.config.dataDir, state.results_file ?? ''), 'utf8')
      return JSON.parse(text) as { metadata: Record<string, unknown>; results: Record<string, unknown>[] }
    },
  }
}
