import { useEffect, useLayoutEffect, useRef } from 'react'

/** Whether the focused element needs the keys: letters in a text field, arrows in a list of choices. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, dialog') !== null)
  )
}

/** Listens to keys on the whole page, except while somebody types. */
export function useKeys(onKey: (event: KeyboardEvent) => void): void {
  const current = useRef(onKey)
  // Before the next key can come, since it is meant for what is then visible.
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
