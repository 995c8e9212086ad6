import { join } from 'node:path'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { isMissing } from '../files/error-code.ts'
import { readJsonBy } from '../files/read-json-by.ts'
import { readText } from '../files/read-text.ts'
import type { Registry } from './find-model.ts'
import { completeModel, registrySchema, type RegistryFile } from './registry-schema.ts'

export { findModel, type Registry } from './find-model.ts'

/**
 * Reads `models.json`, and `arcloom.models.json` where there is one, whose entries count before those of the same key, and
 * whose providers before those of the same name.
 *
 * @param folder the project's root
 * @throws {MalformedInput} for the first fault, naming the file and the place.
 */
export async function readRegistry(folder: string): Promise<Registry> {
  const shipped = parseRegistry(await readText(join(folder, 'models.json')), join(folder, 'models.json'))
  const own = join(folder, 'arcloom.models.json')
  const text = await readText(own).catch((error: unknown) => {
    if (isMissing(error)) return '{}'
    throw error
  })
  const users = parseRegistry(text, own)
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

/** What people write there by mistake is the key itself, which no message may show. */
function hideValue(fault: MalformedInput): MalformedInput {
  if (!fault.place.endsWith('apiKeyVariable')) return fault
  return new MalformedInput(
    fault.file,
    fault.place,
    'the name of an environment variable is needed, in capitals, such as OPENROUTER_API_KEY; the key itself goes into the environment or .env',
  )
}
