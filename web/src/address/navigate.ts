import { useSyncExternalStore } from 'react'
import { parseRoute, renderRoute, type Route } from './route.ts'

/* The address bar is the page's only record of the current place; everything else is derived from it. */

/** Where in the address bar the page keeps its own address, such as `/runs/one?order=name`. */
export interface AddressBar {
  read(): string
  /** As a link within the page writes it. */
  href(address: string): string
}

/** A server answers every path with the page. */
const pathBar: AddressBar = {
  read: () => `${window.location.pathname}${window.location.search}`,
  href: (address) => address,
}

/** A site in a folder is one file: what follows `#` belongs to the page, wherever the folder is. */
export const hashBar: AddressBar = {
  read: () => (window.location.hash.startsWith('#/') ? window.location.hash.slice(1) : '/'),
  href: (address) => `#${address}`,
}

let bar = pathBar

/** Chosen once, before anything is drawn. */
export function chooseAddressBar(chosen: AddressBar): void {
  bar = chosen
}

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

/** Kept, so that the same address is the same object. */
let current = { address: '', route: parseRoute('/', '') }

export function currentRoute(): Route {
  const address = bar.read()
  if (address !== current.address) current = { address, route: parseRoute(...splitAddress(address)) }
  return current.route
}

function splitAddress(address: string): [path: string, query: string] {
  const at = address.indexOf('?')
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at)]
}

/** The path of the place shown, without its query. */
export function currentPath(): string {
  return splitAddress(bar.read())[0]
}

/** The address of a place, for a link. */
export function hrefOf(route: Route): string {
  return bar.href(renderRoute(route))
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute)
}

/** Goes to a route. Use `replace` for changes that Back should skip, such as each letter of a search. */
export function navigate(route: Route, { replace = false }: { readonly replace?: boolean } = {}): void {
  const before = currentPath()
  window.history[replace ? 'replaceState' : 'pushState'](null, '', hrefOf(route))
  // Another view of the same task keeps the scroll position; other filters make another list.
  if (currentPath() !== before || route.page === 'gallery') window.scrollTo(0, 0)
  for (const listener of listeners) listener()
}
