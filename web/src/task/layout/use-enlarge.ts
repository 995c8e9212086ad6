import { useCallback } from 'react'
import { navigate } from '../../address/navigate.ts'
import type { Filters, View } from '../../address/route.ts'
import { useKeys } from '../../parts/hooks/use-keys.ts'

/** Shows a train pair large, another in its place, or none; `Z` shows the focused one, or else the first. */
export function useEnlarge(key: string, view: View, filters: Filters): (index: number | undefined) => void {
  const enlarge = useCallback(
    (index: number | undefined) => {
      const { enlarged: before, ...rest } = view
      const next = index === undefined ? rest : { ...rest, enlarged: index }
      // Back returns to the page before it was opened.
      navigate({ page: 'task', key, view: next, filters }, { replace: before !== undefined })
    },
    [key, view, filters],
  )
  useKeys(({ key: pressed, ctrlKey, metaKey, altKey, target }) => {
    if (pressed.toLowerCase() !== 'z' || ctrlKey || metaKey || altKey) return
    const pair = target instanceof Element ? target.closest<HTMLElement>('[data-pair]') : null
    enlarge(Number(pair?.dataset['pair'] ?? 0))
  })
  return enlarge
}
