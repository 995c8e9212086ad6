import { join } from 'node:path'
import { MalformedInput } from '../../../domain/malformed-input.ts'
import { isMissing } from '../../files/error-code.ts'
import { readJsonBy } from '../../files/read-json-by.ts'
import { readText } from '../../files/read-text.ts'
import type { Registry } from './find-model.ts'
import { completeModel, registrySchema, type RegistryFile } from './registry-schema.ts'

export { findModel, type Registry } from './find-model.ts'

/**
 * Reads `models.json` and, if it exists, `arcloom.models.json`, whose entries and providers override those of the same key or
 * name.
 *
 * @param folder the project's root
 * @throws {MalformedInput} for the first fault, naming the file and the place.
 */
export async function readRegistry(folder: string): Promise<Registry> {
  const shipped = parseRegistry(await readText(join(folder, 'models.json')), join(folder, 'models.json'))
  const ownFile = join(folder, 'arcloom.models.json')
  const text = await readText(ownFile).catch((error: unknown) => {
    if (isMissing(error)) return '{}'
    throw error
  })
  const users = parseRegistry(text, ownFile)
  const providers = { ...shipped.providers, ...users.providers }
  const entries = new Map([...shipped.entries, ...users.entries])
  return [...entries].map(([key, entry]) => completeModel(key, entry, providers[entry.provider]?.limits))
}

function parseRegistry(text: string, file: string): RegistryFile {
  const reading = readJsonBy(registrySchema, text, file)
  if ('value' in reading) return reading.value
  const [fault = new MalformedInput(file, '', 'not a registry')] = reading.faults
  throw hideValue(fault)
}

/** People write the key itself there by mistake, and no message may show it. */
function hideValue(fault: MalformedInput): MalformedInput {
  if (!fault.place.endsWith('apiKeyVariable')) return fault
  return new MalformedInput(
    fault.file,
    fault.place,
    'must be the name of an environment variable, in capitals, such as OPENROUTER_API_KEY; the key itself belongs in the environment or .env',
  )
}
