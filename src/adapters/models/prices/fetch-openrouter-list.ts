import { UsageError } from '../../../domain/usage-error.ts'
import { readText } from '../../files/read-text.ts'
import { patientFetch, type Fetch } from '../http/patient-fetch.ts'
import { readBody } from '../http/read-body.ts'
import { parseOpenRouterModels, type OpenRouterList } from './openrouter-list.ts'

/** The list needs no key. */
export const openRouterModelsUrl = 'https://openrouter.ai/api/v1/models'

/** The list has some hundred models of one or two kilobytes each. */
const maxBytes = 64e6

const timeoutMs = 60_000

/**
 * Fetches OpenRouter's list of models.
 *
 * @param source an http or https address, or the path of a file in which the list was saved
 * @throws {UsageError} if there is no such list
 */
export async function fetchOpenRouterList(
  source: string,
  now: Date,
  fetch: Fetch = patientFetch,
): Promise<OpenRouterList> {
  const isAddress = /^https?:\/\//.test(source)
  const text = isAddress ? await fetchText(source, fetch) : await readFile(source)
  const pricing = parseOpenRouterModels(text)
  if (pricing === undefined) {
    throw refuse(
      source,
      `is not OpenRouter's list of models ({"data": [{"id", "pricing"}]}): ${text.slice(0, 80).trim()}`,
    )
  }
  return { fetched_at: now.toISOString(), source, pricing }
}

async function fetchText(address: string, fetch: Fetch): Promise<string> {
  try {
    const headers = { accept: 'application/json', 'user-agent': 'Arcloom' }
    const response = await fetch(address, { headers, signal: AbortSignal.timeout(timeoutMs) })
    const { text, whole } = await readBody(response.body, maxBytes)
    if (!response.ok) throw refuse(address, `answered ${response.status}: ${text.slice(0, 200).trim()}`)
    if (!whole) throw refuse(address, `sent more than ${maxBytes / 1e6} MB`)
    return text
  } catch (error) {
    if (error instanceof UsageError) throw error
    const words = error instanceof Error ? error.message || error.name : String(error)
    throw refuse(address, `did not answer: ${words}`)
  }
}

async function readFile(path: string): Promise<string> {
  try {
    return await readText(path)
  } catch (error) {
    throw refuse(path, `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function refuse(source: string, problem: string): UsageError {
  return new UsageError(
    `--refresh: ${source} ${problem}. The stored prices are unchanged. Without a network, save ${openRouterModelsUrl} elsewhere and give the file: npx arcloom models --refresh FILE.`,
  )
}
