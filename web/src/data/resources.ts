import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { listenForReturn } from './outage.ts'
import { currentSource } from './source.ts'

/*
 * Responses of the server, by address. A known one is shown at once, and requested again after a write here or in another tab,
 * and when the window comes back to the front.
 */

export type Resource<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: Value }
  /** `value` is the last known one, if any. */
  | { readonly state: 'failed'; readonly error: Error; readonly value?: Value }

interface Entry {
  resource: Resource<unknown>
  readonly read: () => Promise<unknown>
  readonly listeners: Set<() => void>
  /** Counts the requests: only the answer to the newest is shown. */
  asked: number
  askedAt: number
}

/** If several parts of a page request the same address as it opens, it is requested once. */
const sameQuestionMs = 1_000

const entries = new Map<string, Entry>()
const loading: Resource<never> = { state: 'loading' }
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('arcloom')

/** @param address undefined if there is nothing to request yet: the state stays `loading` */
export function useResource<Value>(address: string | undefined, read: () => Promise<Value>): Resource<Value> {
  if (address !== undefined && !entries.has(address)) addEntry(address, read)
  const subscribe = useCallback(
    (listener: () => void) => {
      const entry = find(address)
      entry?.listeners.add(listener)
      return () => entry?.listeners.delete(listener)
    },
    [address],
  )
  useEffect(() => {
    const entry = find(address)
    if (!entry || performance.now() - entry.askedAt <= sameQuestionMs) return
    // However slow the first answer is, a second question would only delay it.
    const isOnItsWay = entry.resource.state === 'loading' && entry.askedAt > -Infinity
    if (!isOnItsWay) void ask(entry)
  }, [address])
  // Entries are kept by address, and each address has one type.
  return useSyncExternalStore(subscribe, () => find(address)?.resource ?? loading) as Resource<Value>
}

/**
 * Polls an address that is being shown, measured from the previous answer; not while the window is hidden.
 *
 * @param everyMs undefined when it no longer changes
 */
export function usePolling(address: string, everyMs: number | undefined): void {
  useEffect(() => {
    if (everyMs === undefined || !currentSource().isLive) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const askLater = () => {
      if (isOver) return
      timer = setTimeout(() => {
        const entry = find(address)
        const isOld = entry !== undefined && performance.now() - entry.askedAt >= everyMs / 2
        const answered = entry && isOld && !document.hidden ? ask(entry) : Promise.resolve()
        void answered.then(askLater)
      }, everyMs)
    }
    askLater()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [address, everyMs])
}

/** Requests an address that will probably be shown next, unless it is known. */
export function prefetch(address: string, read: () => Promise<unknown>): void {
  const entry = entries.get(address) ?? addEntry(address, read)
  if (entry.askedAt === -Infinity) void ask(entry)
}

function addEntry(address: string, read: () => Promise<unknown>): Entry {
  const entry: Entry = { resource: loading, read, listeners: new Set(), asked: 0, askedAt: -Infinity }
  entries.set(address, entry)
  return entry
}

function find(address: string | undefined): Entry | undefined {
  return address === undefined ? undefined : entries.get(address)
}

/** Requests everything being shown below an address again, here and in other tabs. */
export function refresh(prefix: string): void {
  refreshHere(prefix)
  channel?.postMessage(prefix)
}

function refreshHere(prefix: string): void {
  for (const [address, entry] of entries) {
    if (!address.startsWith(prefix)) continue
    if (entry.listeners.size > 0) void ask(entry)
    else forget(entry)
  }
}

/** Empties an entry but keeps it: a part that is opening already holds it, and will subscribe in a moment. */
function forget(entry: Entry): void {
  entry.asked += 1
  entry.askedAt = -Infinity
  entry.resource = loading
}

/** @returns a promise that resolves when the answer came; it never rejects */
function ask(entry: Entry): Promise<void> {
  const question = ++entry.asked
  entry.askedAt = performance.now()
  return entry.read().then(
    (value) => settle(entry, question, { state: 'ready', value }),
    (error: unknown) => {
      const earlier = 'value' in entry.resource ? { value: entry.resource.value } : {}
      settle(entry, question, {
        state: 'failed',
        error: error instanceof Error ? error : new Error(String(error)),
        ...earlier,
      })
    },
  )
}

function settle(entry: Entry, question: number, resource: Resource<unknown>): void {
  if (question !== entry.asked || isSame(entry.resource, resource)) return
  entry.resource = resource
  for (const listener of entry.listeners) listener()
}

/** So that unchanged values are not drawn again. */
function isSame(a: Resource<unknown>, b: Resource<unknown>): boolean {
  return a.state === 'ready' && b.state === 'ready' && JSON.stringify(a.value) === JSON.stringify(b.value)
}

channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data === 'string') refreshHere(data)
})

if (typeof window !== 'undefined') window.addEventListener('focus', () => currentSource().isLive && refreshHere(''))

listenForReturn(() => refreshHere(''))
