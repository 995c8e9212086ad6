import { join } from 'node:path'
import { connectClient } from '../../../src/client/connect.ts'
import { openWorkflow, type Opening } from '../../../src/client/open-workflow.ts'
import { prepareOpening } from '../../../src/client/prepare-opening.ts'
import { openRunStore } from '../../../src/runs/open-run-store.ts'
import { buildRun, buildTasks } from '../../../test/support/test-bench.ts'
import type { TestStack } from '../../../test/support/test-stack.ts'
import { readCpuMs, readCpuMsBelow } from './cpu-clock.ts'
import type { Part } from './leave-out.ts'
import { startProvider, type Shape } from './measure-path.ts'
import { startHelper } from './start-helper.ts'

/** A run with one or more parts left out. */
export interface Variant {
  readonly name: string
  readonly without: readonly Part[]
  readonly searchAttributes?: false
  /** Answers without a program: the activity that verifies never starts. */
  readonly programs?: 'none'
}

export const whole: Variant = { name: 'everything', without: [] }

export const variants: readonly Variant[] = [
  { name: 'no fsync', without: ['fsync'] },
  { name: 'no ledger', without: ['ledger'] },
  { name: 'no log', without: ['log'] },
  { name: 'no files at all', without: ['disk'] },
  { name: 'no search attributes', without: [], searchAttributes: false },
  { name: 'no sandbox', without: ['sandbox'] },
  { name: 'no verification', without: [], programs: 'none' },
  { name: 'no fsync, ledger, search attributes', without: ['fsync', 'ledger'], searchAttributes: false },
]

export interface PartMeasurement {
  readonly variant: string
  readonly samples: number
  readonly wallMs: number
  /** Server, worker and sandbox together. */
  readonly cpuMs: number
}

export interface PartsBench {
  measure(variant: Variant, shape: Shape): Promise<PartMeasurement>
  close(): Promise<void>
}

/** Runs a worker with a store of its own against the server of the stack, without client and supervisor. */
export async function openPartsBench(stack: TestStack): Promise<PartsBench> {
  const address = `127.0.0.1:${stack.config.ports.temporal}`
  const dataDir = join(stack.dataDir, 'parts')
  const env = { ...process.env, ARCLOOM_DATA_DIR: dataDir, TEMPORAL_ADDRESS: address, TEMPORAL_TLS: 'false' }
  const worker = await startHelper<'ready'>('worker.ts', [], env)
  const store = openRunStore({ dataDir }, 'bench')
  const client = await connectClient({ address }, stack.config.temporal.namespace)
  const opening = await prepareOpening(client, store)
  return {
    async measure(variant, shape) {
      const provider = await startProvider(shape, variant.programs)
      try {
        await worker.tell(variant.without)
        return await measure(variant, shape, provider.said.url)
      } finally {
        await provider.close()
      }
    },
    async close() {
      await client.connection.close()
      await worker.close()
    },
  }

  async function measure(variant: Variant, shape: Shape, url: string): Promise<PartMeasurement> {
    const { tasks, bestOf, window, samples } = shape
    const controls = { max_concurrent_tasks: window, save_interval: 50, budget_usd: null }
    const newRun = buildRun(url, { samples: bestOf, tasks: buildTasks(tasks), controls })
    await store.createRun(newRun)
    const cpu = () => readCpuMs(stack.identify('server').pid) + readCpuMs(worker.pid) + readCpuMsBelow(worker.pid)
    const before = { cpu: cpu(), at: performance.now() }
    const lighter: Opening = variant.searchAttributes === false ? { ...opening, searchAttributes: false } : opening
    const handle = await openWorkflow(lighter, newRun.run, controls)
    const { state } = await handle.result()
    if (state !== 'complete') throw new Error(`${variant.name}: the run is ${state}`)
    return { variant: variant.name, samples, wallMs: performance.now() - before.at, cpuMs: cpu() - before.cpu }
  }
}
