import { asRecord, asText } from '../json.ts'
import type { BatchCalls } from './batching.ts'

/** More than anyone sends in the minutes that are looked through. */
const maxPages = 50

/**
 * The entries of a list that comes in pages, newest first, as OpenAI and Anthropic send them.
 *
 * @param render the path of a page; `after` is the id of the last entry before it
 */
export async function* listPages(
  { get }: BatchCalls,
  render: (after: string | undefined) => string,
): AsyncGenerator<Record<string, unknown>, void> {
  let after: string | undefined
  for (let page = 0; page < maxPages; page += 1) {
    const { data, has_more } = asRecord(await get(render(after)))
    const entries = Array.isArray(data) ? (data as readonly unknown[]).map(asRecord) : []
    yield* entries
    after = asText(entries.at(-1)?.['id'])
    if (has_more !== true || after === undefined) return
  }
}

/** Clocks differ, and a list is cheap to read a little further. */
export const clockMarginMs = 10 * 60_000
