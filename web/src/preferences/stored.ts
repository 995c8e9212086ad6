import { useSyncExternalStore } from 'react'

/* Small texts stored in the browser, shared by all its tabs. If storage fails, they last as long as the page. */

const listeners = new Set<() => void>()
/** Values that storage rejected, being forbidden or full; newer than any stored ones. */
const unkept = new Map<string, string>()

export function readStored(key: string): string | undefined {
  try {
    return unkept.get(key) ?? localStorage.getItem(nameOf(key)) ?? undefined
  } catch {
    return undefined
  }
}

/** An empty text removes the value. */
export function store(key: string, value: string): void {
  try {
    if (value === '') localStorage.removeItem(nameOf(key))
    else localStorage.setItem(nameOf(key), value)
    unkept.delete(key)
  } catch {
    unkept.set(key, value)
  }
  for (const listener of listeners) listener()
}

export function useStored(key: string): string | undefined {
  return useSyncExternalStore(subscribe, () => readStored(key))
}

/** Notifies of every change, by this tab and by others. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

const nameOf = (key: string) => `arcloom.${key}`
