import {
  foldDiscussion,
  type BegunLine,
  type Discussion,
  type DiscussionLine,
} from '../../domain/discussions/discussion.ts'
import type { Blobs } from '../stores/blobs.ts'
import { parseDiscussionLines } from './discussion-lines.ts'

/** The conversations of a data folder, one file each. Any number of processes may use them at once. */
export interface DiscussionStore {
  /** @returns undefined if there is none */
  find(id: string): Promise<Discussion | undefined>
  /** Those about a task, by its content hash, the newest first. */
  list(taskHash: string): Promise<readonly Discussion[]>
  begin(line: BegunLine): Promise<void>
  /** Adds lines, all of them on the disk before this returns. */
  append(id: string, lines: readonly DiscussionLine[]): Promise<void>
}

const isId = (id: string) => /^[\w-]{1,80}$/.test(id)

/** @param blobs of the data folder */
export function createDiscussionStore(blobs: Blobs): DiscussionStore {
  /** Parsed files, until they change: a gallery of them is listed again and again. */
  const cache = new Map<string, { readonly stamp: string; readonly discussion: Discussion | undefined }>()

  async function find(id: string): Promise<Discussion | undefined> {
    if (!isId(id)) return undefined
    const name = nameFile(id)
    const stamp = await blobs.stamp(name)
    const entry = cache.get(id)
    if (entry?.stamp === stamp) return entry.discussion
    const file = await blobs.readLines(name, 0)
    const discussion = file && foldDiscussion(parseDiscussionLines(file.text))
    if (discussion) cache.set(id, { stamp, discussion })
    return discussion
  }

  async function append(id: string, lines: readonly DiscussionLine[]): Promise<void> {
    // Opened anew: what others have written is of no interest here, and need not be kept.
    await blobs.openSharedLines(nameFile(id)).append({
      forget() {},
      read() {},
      async *write() {
        for (const line of lines) yield JSON.stringify(line)
      },
    })
  }

  return {
    find,
    async list(taskHash) {
      const names = await blobs.list(folder)
      const ids = names.flatMap((name) => /^(.+)\.jsonl$/.exec(name)?.[1] ?? [])
      const all = await Promise.all(ids.map(find))
      return all
        .filter((each) => each !== undefined)
        .filter(({ task_hash }) => task_hash === taskHash)
        .sort((a, b) => (a.at < b.at ? 1 : -1))
    },
    begin: (line) => append(line.id, [line]),
    append,
  }
}

const folder = 'discussions'
const nameFile = (id: string) => `${folder}/${id}.jsonl`
