import { useEffect, type RefObject } from 'react'
import { goToField } from '../parts/go-to-field.ts'

/** What stands above, such as a sample's grids, may take this long to load. */
const settlingMs = 3_000

const readerEvents = ['pointerdown', 'wheel', 'keydown', 'touchmove'] as const

/**
 * Takes the reader to a field once it is there, and keeps it in view while the page around it is still loading: until they do
 * something themselves.
 */
export function useArrival(ref: RefObject<HTMLTextAreaElement | null>, isWanted: boolean): void {
  useEffect(() => {
    const field = ref.current
    if (!isWanted || !field) return
    field.setSelectionRange(0, 0)
    goToField(field)
    const observer = new ResizeObserver(() => field.scrollIntoView({ block: 'start' }))
    observer.observe(document.body)
    const letGo = () => observer.disconnect()
    const timer = setTimeout(letGo, settlingMs)
    for (const type of readerEvents) addEventListener(type, letGo, { passive: true })
    return () => {
      clearTimeout(timer)
      letGo()
      for (const type of readerEvents) removeEventListener(type, letGo)
    }
  }, [ref, isWanted])
}
