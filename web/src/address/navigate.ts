import { useSyncExternalStore } from 'react'
import { parseRoute, renderRoute, type Route } from './route.ts'

/* The address bar is the page's only record of the current place; everything else is derived from it. */

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

let current = { address: '', route: parseRoute('/', '') }

function readRoute(): Route {
  const address = `${window.location.pathname}${window.location.search}`
  if (address !== current.address)
    current = { address, route: parseRoute(window.location.pathname, window.location.search) }
  return current.route
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, readRoute)
}

/** Goes to a route. Use `replace` for changes that Back should skip, such as each letter of a search. */
export function navigate(route: Route, { replace = false }: { readonly replace?: boolean } = {}): void {
  const address = renderRoute(route)
  const before = window.location.pathname
  window.history[replace ? 'replaceState' : 'pushState'](null, '', address)
  // Another view of the same task keeps the scroll position; other filters make another list.
  if (window.location.pathname !== before || route.page === 'gallery') window.scrollTo(0, 0)
  for (const listener of listeners) listener()
}
