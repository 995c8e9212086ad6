import { useEffect, useLayoutEffect, useRef } from 'react'

const tabStops = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'

/**
 * Keeps the keyboard's focus from getting lost.
 *
 * - When what has it goes away, or can be used no longer, the nearest part of the page that is still there takes it: the
 *   form that came instead of a button, or else the first thing to use in the section.
 * - When another page opens, it goes to what one came from in a list of it, or else to the page's heading.
 *
 * A pointer's focus is left alone: who points sees where they are, and on a phone a field would bring up the keyboard.
 *
 * @param path of what is shown
 */
export function useKeptFocus(path: string): void {
  const before = useRef(path)
  /** The page that was left, until the next one is there: its script or its data may still be on the way. */
  const leaving = useRef<string>(undefined)
  useLayoutEffect(() => {
    if (before.current === path) return
    leaving.current = before.current
    before.current = path
    if (focusArrival(leaving.current)) leaving.current = undefined
  }, [path])

  useEffect(() => {
    /** What has the focus, and all that it is in, from the inside out. */
    let held: readonly Element[] = []
    const hold = ({ target }: FocusEvent) => {
      held = target instanceof Element && target.matches(':focus-visible') ? listAncestors(target) : []
    }
    const letGo = () => {
      held = []
      leaving.current = undefined
    }
    const keep = () => {
      if (leaving.current !== undefined) {
        if (focusArrival(leaving.current)) leaving.current = undefined
        return
      }
      if (held[0] === undefined || !isNowhere() || canUse(held[0])) return
      for (const part of held) {
        const stop = part.isConnected && findTabStop(part)
        if (stop) return stop.focus()
      }
    }
    const observer = new MutationObserver(keep)
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
    document.addEventListener('focusin', hold)
    document.addEventListener('pointerdown', letGo)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', hold)
      document.removeEventListener('pointerdown', letGo)
    }
  }, [])
}

/** @returns false while there is nothing on the page yet that could take the focus */
function focusArrival(left: string): boolean {
  // React hides the page that was left until the next one is there.
  if (!isNowhere() && document.activeElement?.checkVisibility()) return true
  const items = [...document.querySelectorAll<HTMLAnchorElement>('main li a')]
  const target = items.find(({ pathname }) => pathname === left) ?? document.querySelector<HTMLElement>('main h1')
  target?.focus({ preventScroll: true })
  return target !== null && document.activeElement === target
}

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

function listAncestors(element: Element): Element[] {
  const list = [element]
  for (let at = element.parentElement; at; at = at.parentElement) list.push(at)
  return list
}

function findTabStop(within: Element): HTMLElement | undefined {
  return [...within.querySelectorAll<HTMLElement>(tabStops)].find(canUse)
}

function canUse(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled') && element.checkVisibility()
}
