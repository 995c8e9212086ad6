import { setTimeout as sleep } from 'node:timers/promises'
import type { TestStack } from '../../../test/support/test-stack.ts'
import type { BareLoop } from './bare-loop.ts'
import { forgetPeak, readCpuMs, readCpuMsBelow, readCpuMsOfEnded, readMachineMs, readPeakBytes } from './cpu-clock.ts'
import type { ProviderReady, ProviderStats } from './provider.ts'
import { startHelper, type Helper } from './start-helper.ts'

/** One shape of a run: all have the same number of samples, spread over more or fewer tasks. */
export interface Shape {
  readonly bestOf: number
  readonly tasks: number
  /** Tasks open at once, so that the wanted number of requests can be in flight. */
  readonly window: number
  readonly samples: number
  readonly concurrency: number
  readonly latencyMs: number
}

/** CPU time per process, in ms. `sandbox` is everything below the worker. */
export type CpuByProcess = Readonly<
  Record<'server' | 'worker' | 'sandbox' | 'client' | 'supervisor' | 'baseline', number>
>

export interface PathMeasurement {
  readonly bestOf: number
  readonly samples: number
  /** The whole command, from start to exit. */
  readonly wallMs: number
  /** From the first request's arrival to the last reply, as the provider saw it. */
  readonly flowMs: number
  readonly maxInFlight: number
  readonly cpuMs: CpuByProcess
  readonly bare: BareLoop
  /** The share of this machine that other programs used meanwhile: 1 is all processors. */
  readonly othersShare: number
  readonly workerPeakBytes: number
  readonly serverPeakBytes: number
}

/** Requests the same answers from the provider twice: by a bare loop of fetch, and by Arcloom. */
export async function measurePath(
  stack: TestStack,
  dataset: string,
  shape: Shape,
  cores: number,
  name: string,
): Promise<PathMeasurement> {
  const bare = await measureBare(shape)
  const provider = await startProvider(shape)
  try {
    const pids = {
      server: stack.identify('server').pid,
      worker: stack.identify('worker').pid,
      supervisor: stack.identify('supervisor').pid,
      baseline: stack.identify('baseline').pid,
    }
    forgetPeak(pids.worker)
    forgetPeak(pids.server)
    const read = () => ({
      server: readCpuMs(pids.server),
      worker: readCpuMs(pids.worker),
      sandbox: readCpuMsBelow(pids.worker),
      client: readCpuMsOfEnded(),
      supervisor: readCpuMs(pids.supervisor),
      baseline: readCpuMs(pids.baseline),
    })
    const ownMs = () => readCpuMs(process.pid) - readCpuMsOfEnded() + readCpuMs(provider.pid)
    const before = { cpu: read(), own: ownMs(), machine: readMachineMs(), at: performance.now() }
    const { code, stderr } = await stack.arcloom(
      'benchmark',
      'code',
      '--json',
      ...renderFlags({
        model: 'local/fake',
        'base-url': provider.said.url,
        dataset,
        name,
        'max-tasks': shape.tasks,
        'best-of': shape.bestOf,
        'max-concurrent-tasks': shape.window,
        'save-interval': 50,
      }),
    )
    const wallMs = performance.now() - before.at
    if (code !== 0) throw new Error(`arcloom ended with ${code}: ${stderr}`)
    const cpuMs = subtract(read(), before.cpu)
    const spent = Object.values(cpuMs).reduce((sum, ms) => sum + ms, 0) + ownMs() - before.own
    const stats = await readStats(provider)
    if (stats.answered !== shape.samples) throw new Error(`${stats.answered} answers, not ${shape.samples}`)
    return {
      bestOf: shape.bestOf,
      samples: shape.samples,
      wallMs,
      flowMs: (stats.lastAtMs ?? 0) - (stats.firstAtMs ?? 0),
      maxInFlight: stats.maxInFlight,
      cpuMs,
      bare,
      othersShare: Math.max(0, readMachineMs() - before.machine - spent) / (wallMs * cores),
      workerPeakBytes: readPeakBytes(pids.worker),
      serverPeakBytes: readPeakBytes(pids.server),
    }
  } finally {
    await provider.close()
  }
}

export function startProvider({ latencyMs }: Pick<Shape, 'latencyMs'>, programs = 'distinct') {
  return startHelper<ProviderReady>('provider.ts', renderFlags({ 'latency-ms': latencyMs, programs }))
}

export async function readStats({ said }: Helper<ProviderReady>): Promise<ProviderStats> {
  const response = await fetch(`${said.url}/stats`)
  return (await response.json()) as ProviderStats // of our own provider
}

async function measureBare(shape: Shape): Promise<BareLoop> {
  const provider = await startProvider(shape)
  try {
    const { tasks, bestOf, concurrency } = shape
    const loop = await startHelper<BareLoop>(
      'bare-loop.ts',
      renderFlags({ url: provider.said.url, tasks, samples: bestOf, concurrency }),
    )
    await loop.close()
    return loop.said
  } finally {
    await provider.close()
    // Its connections close before the next one is measured.
    await sleep(100)
  }
}

export function renderFlags(flags: Readonly<Record<string, string | number>>): string[] {
  return Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])
}

function subtract<Name extends string>(
  after: Record<Name, number>,
  before: Record<Name, number>,
): Record<Name, number> {
  const entries = Object.entries<number>(after).map(([name, ms]) => [name, ms - before[name as Name]]) // the names in `after`
  return Object.fromEntries(entries) as Record<Name, number>
}
