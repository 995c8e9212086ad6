import { patientFetch, type Fetch } from '../../adapters/models/http/patient-fetch.ts'
import type { Registry } from '../../adapters/models/registry/read-registry.ts'
import { withoutSecrets } from '../../domain/models/without-secrets.ts'
import { noted, passed, type Check } from './check.ts'

export interface PoolProbe {
  readonly key: string
  /** Of all its servers. */
  readonly addresses: readonly string[]
  /** Those that did not answer. */
  readonly dead: readonly string[]
}

const patienceMs = 2_000

/** Asks each server of each model that has several whether it is there. No model is asked anything, and no key is sent. */
export function probePools(registry: Registry, fetch: Fetch = patientFetch): Promise<PoolProbe[]> {
  const pools = registry.flatMap(({ key, baseUrls }) => (baseUrls === undefined ? [] : [{ key, baseUrls }]))
  return Promise.all(
    pools.map(async ({ key, baseUrls }) => {
      const lives = await Promise.all(baseUrls.map((baseUrl) => isThere(baseUrl, fetch)))
      return {
        key,
        addresses: baseUrls.map(withoutSecrets),
        dead: baseUrls.filter((_, index) => !lives[index]).map(withoutSecrets),
      }
    }),
  )
}

/** Any reply shows that a server lives, but for one that says itself that it is not ready. */
async function isThere(baseUrl: string, fetch: Fetch): Promise<boolean> {
  try {
    const address = `${baseUrl.replace(/\/+$/, '')}/models`
    const { status, body } = await fetch(address, { signal: AbortSignal.timeout(patienceMs) })
    await body?.cancel()
    return status !== 503
  } catch {
    return false
  }
}

export function judgePools(probes: readonly PoolProbe[]): Check[] {
  return probes.map(({ key, addresses, dead }) => {
    const check = { name: 'servers', needed: `to ask ${key}` }
    const alive = `${addresses.length - dead.length} of ${addresses.length} answer`
    if (dead.length === 0) return passed({ ...check, found: `${alive}: ${addresses.join(', ')}` })
    return noted({ ...check, found: `${alive}; not ${dead.join(', ')}`, mend: null })
  })
}
