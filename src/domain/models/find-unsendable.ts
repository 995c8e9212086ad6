import { isTooDeep } from '../providers/json.ts'

/** Far more than any parameter needs, even a JSON schema for the answer. */
const maxCharacters = 100_000

/** What about a value cannot be sent as it is, or only by mistake; undefined if nothing. */
export function findUnsendable(value: unknown): string | undefined {
  if (isTooDeep(value)) return 'nested too deeply'
  if (holdsInfinity(value)) return 'a number that JSON cannot hold'
  if (JSON.stringify(value).length > maxCharacters)
    return `longer than ${maxCharacters.toLocaleString('en-US')} characters`
  return undefined
}

/** `1e999` is read as infinity, which is written as null. */
function holdsInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsInfinity)
}
