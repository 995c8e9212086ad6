import { useSyncExternalStore } from 'react'

export interface Viewport {
  readonly width: number
  readonly height: number
}

let viewport: Viewport = { width: 0, height: 0 }

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

/** The window without its scroll bar. */
function read(): Viewport {
  const { clientWidth: width, clientHeight: height } = document.documentElement
  if (width !== viewport.width || height !== viewport.height) viewport = { width, height }
  return viewport
}

export function useViewport(): Viewport {
  return useSyncExternalStore(subscribe, read)
}
