import { useSyncExternalStore } from 'react'

const query = typeof matchMedia === 'undefined' ? undefined : matchMedia('(pointer: coarse)')

function subscribe(listener: () => void): () => void {
  query?.addEventListener('change', listener)
  return () => query?.removeEventListener('change', listener)
}

/** Whether people point with a finger: buttons are then larger. */
export function useCoarsePointer(): boolean {
  return useSyncExternalStore(subscribe, () => query?.matches ?? false)
}
