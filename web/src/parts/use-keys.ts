import { useEffect, useLayoutEffect, useRef } from 'react'

/** Whether keys belong to where the focus is: letters to a text field, arrows to a list of choices. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, dialog') !== null)
  )
}

/** Listens to keys on the whole page, except where somebody types. */
export function useKeys(onKey: (event: KeyboardEvent) => void): void {
  const current = useRef(onKey)
  // Before the next key can come: it is meant for what is seen by then.
  useLayoutEffect(() => {
    current.current = onKey
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && !isTyping(event.target)) current.current(event)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
