import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findKeyFlaw } from '../../adapters/models/http/find-key-flaw.ts'
import { readRegistry, type Registry } from '../../adapters/models/registry/read-registry.ts'
import type { Config } from '../../config.ts'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { missing, noted, passed, type Check } from './check.ts'

export interface RegistryProbe {
  /** The files read, in order. */
  readonly files: readonly string[]
  readonly registry: Registry | MalformedInput
}

export async function probeRegistry({ projectRoot }: Pick<Config, 'projectRoot'>): Promise<RegistryProbe> {
  const files = listModelsFiles(projectRoot)
  try {
    return { files, registry: await readRegistry(projectRoot) }
  } catch (error) {
    if (error instanceof MalformedInput) return { files, registry: error }
    throw error
  }
}

/** In reading order, including the user's own if it exists. */
export function listModelsFiles(projectRoot: string): string[] {
  const own = join(projectRoot, 'arcloom.models.json')
  return [join(projectRoot, 'models.json'), ...(existsSync(own) ? [own] : [])]
}

export function judgeRegistry({ files, registry }: RegistryProbe): Check {
  const check = { name: 'models', needed: 'valid models.json and, if present, arcloom.models.json' }
  if (registry instanceof MalformedInput) {
    return missing({ ...check, found: registry.message, mend: `"\${EDITOR:-vi}" '${registry.file}'` })
  }
  const names = files.map((file) => file.split('/').at(-1)).join(' and ')
  return passed({ ...check, found: `${registry.length} in ${names}` })
}

/** One check per key that a model of the registry needs: whether it is set and can be sent. The key itself is never shown. */
export function judgeKeys(registry: Registry, { origins, apiKey }: Pick<Config, 'origins' | 'apiKey'>): Check[] {
  const asking = Map.groupBy(registry, ({ apiKeyVariable }) => apiKeyVariable)
  return [...asking].flatMap(([variable, models]) => {
    if (variable === undefined) return []
    const keys = models.map(({ key }) => key).join(', ')
    const check = { name: 'key', needed: `to ask ${keys}` }
    const origin = origins.get(variable)
    if (origin !== undefined) {
      const place = origin === '.env' ? '.env' : 'the environment'
      const flaw = findKeyFlaw(apiKey(variable) ?? '')
      if (flaw === undefined) return [passed({ ...check, found: `${variable} is set in ${place}` })]
      const flawText = `${variable} is set in ${place} but cannot be sent: ${flaw}`
      const mend = origin === '.env' ? `"\${EDITOR:-vi}" .env   # the line ${variable}=…` : `export ${variable}=…`
      return [noted({ ...check, found: flawText, mend })]
    }
    return [
      noted({ ...check, found: `${variable} is not set`, mend: `export ${variable}=…   # or the same line in .env` }),
    ]
  })
}
