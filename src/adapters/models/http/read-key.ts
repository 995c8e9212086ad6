import { ModelRequestFailed } from '../../../domain/models/model-failure.ts'
import { findKeyFlaw } from './find-key-flaw.ts'

/**
 * The key for a request, by the name of its environment variable.
 *
 * @throws {ModelRequestFailed} that names the variable, if it is not set or cannot be sent
 */
export function readKey(
  variable: string | undefined,
  apiKey: (variable: string) => string | undefined,
): string | undefined {
  if (variable === undefined) return undefined
  const key = apiKey(variable)?.trim()
  const variableWords = `the environment variable ${variable}, which holds the key of this model,`
  if (!key) {
    throw new ModelRequestFailed({
      code: 'missing_api_key',
      message: `${variableWords} is not set`,
      headers: {},
      neverSent: true,
    })
  }
  const flaw = findKeyFlaw(key)
  if (flaw === undefined) return key
  throw new ModelRequestFailed({
    code: 'unusable_api_key',
    message: `${variableWords} cannot be sent: ${flaw}`,
    headers: {},
    neverSent: true,
  })
}
