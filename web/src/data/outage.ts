import { useSyncExternalStore } from 'react'

/*
 * Whether the server answers. Once a request gets no answer it is asked again and again, at growing intervals, until it does;
 * then everything shown is requested anew, so that the page recovers without a reload.
 */

const [firstMs, maxMs] = [500, 4_000]

let isAway = false
let onReturn = () => {}
const listeners = new Set<() => void>()

/** @param listen is called each time the server answers again */
export function listenForReturn(listen: () => void): void {
  onReturn = listen
}

/** A request got no answer. */
export function reportOutage(): void {
  if (isAway) return
  setAway(true)
  probeLater(firstMs)
}

/** Whether a status says that there is no server behind the proxy which answered. */
export function isOutage(status: number): boolean {
  return status >= 502 && status <= 504
}

export function useOutage(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isAway,
  )
}

function probeLater(afterMs: number): void {
  setTimeout(() => void probe(afterMs), afterMs)
}

async function probe(afterMs: number): Promise<void> {
  const status = await fetch('/api/abilities').then(
    (response) => response.status,
    () => undefined,
  )
  if (status === undefined || isOutage(status)) return probeLater(Math.min(maxMs, 2 * afterMs))
  setAway(false)
  onReturn()
}

function setAway(isNow: boolean): void {
  isAway = isNow
  for (const listener of listeners) listener()
}
