import { useSyncExternalStore } from 'react'

export interface Viewport {
  readonly width: number
  readonly height: number
}

let known: Viewport = { width: 0, height: 0 }

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

/** The window without its scroll bar. */
function read(): Viewport {
  const { clientWidth: width, clientHeight: height } = document.documentElement
  if (width !== known.width || height !== known.height) known = { width, height }
  return known
}

export function useViewport(): Viewport {
  return useSyncExternalStore(subscribe, read)
}
