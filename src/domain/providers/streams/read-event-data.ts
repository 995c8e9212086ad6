import { asRecord, isTooDeep } from '../json.ts'
import type { ServerEvent } from './parse-event-stream.ts'

/** The JSON object in an event; undefined for anything else, which some servers send to keep a connection open. */
export function readEventData({ data }: ServerEvent): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return typeof value !== 'object' || value === null || isTooDeep(value) ? undefined : asRecord(value)
  } catch {
    return undefined
  }
}
