import { loadavg } from 'node:os'
import type { TestStack } from '../../../test/support/test-stack.ts'
import { readStats, renderFlags } from './measure-path.ts'
import type { ProviderReady } from './provider.ts'
import { startHelper } from './start-helper.ts'

type Flags = Readonly<Record<string, string | number>>

/** How requests of a run reached their provider. */
export interface Flow {
  /** From the first request's arrival to the last answer, as the provider saw it. */
  readonly flowMs: number
  /** The whole command, from start to exit. */
  readonly wallMs: number
  readonly requests: number
  readonly refused: number
  readonly maxInFlight: number
  /** The machine's load average of the last minute when it ended: above the number of processors, times say little. */
  readonly load: number
}

/**
 * Runs `benchmark code` against a provider of its own.
 *
 * @param provider flags of `provider.ts` @param run flags of the command
 * @throws if a sample got no answer
 */
export async function measureFlow(
  stack: TestStack,
  { provider: providerFlags, run }: { readonly provider: Flags; readonly run: Flags },
  samples: number,
): Promise<Flow> {
  const provider = await startHelper<ProviderReady>('provider.ts', renderFlags({ programs: 'none', ...providerFlags }))
  try {
    const beganMs = performance.now()
    const flags = renderFlags({ model: 'local/fake', 'base-url': provider.said.url, 'save-interval': 100, ...run })
    const { code, stderr } = await stack.arcloom('benchmark', 'code', '--json', ...flags)
    const wallMs = performance.now() - beganMs
    if (code !== 0) throw new Error(`arcloom ended with ${code}: ${stderr}`)
    const { firstAtMs, lastAtMs, answered, refused, requests, maxInFlight } = await readStats(provider)
    if (answered - refused !== samples) throw new Error(`${answered - refused} answers, not ${samples}`)
    const flowMs = (lastAtMs ?? 0) - (firstAtMs ?? 0)
    return { flowMs, wallMs, requests, refused, maxInFlight, load: loadavg()[0] ?? NaN }
  } finally {
    await provider.close()
  }
}
