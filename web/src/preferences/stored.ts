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

/** Keys and values that storage holds, of keys that begin like this. */
export function listStored(prefix: string): (readonly [key: string, value: string])[] {
  try {
    return Object.entries(localStorage)
      .filter(([name]) => name.startsWith(nameOf(prefix)))
      .map(([name, value]) => [name.slice(nameOf('').length), String(value)] as const)
  } catch {
    return []
  }
}

/**
 * An empty text removes the value.
 *
 * @returns false if storage rejected it, so that it lasts only as long as the page
 */
export function store(key: string, value: string): boolean {
  let isKept = true
  try {
    if (value === '') localStorage.removeItem(nameOf(key))
    else localStorage.setItem(nameOf(key), value)
    unkept.delete(key)
  } catch {
    unkept.set(key, value)
    isKept = false
  }
  for (const listener of listeners) listener()
  return isKept
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
