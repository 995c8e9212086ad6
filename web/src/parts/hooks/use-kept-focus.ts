import { useEffect, useLayoutEffect, useRef } from 'react'

const tabStops = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'

/**
 * Keeps the keyboard's focus from getting lost.
 *
 * - When the focused element disappears or becomes unusable, the nearest remaining part of the page gets the focus: the form that
 * replaced a button, or else the first control of the section. If all of the content was replaced, its heading gets it.
 * - When another page opens, the focus goes to the entry that one came from, if it lists it, or else to the page's heading.
 *
 * A pointer's focus is left alone: people who point see where they are, and on a phone a field would open the keyboard.
 *
 * @param path of the page
 */
export function useKeptFocus(path: string): void {
  const before = useRef(path)
  /** The page that was left, until the next one is there: its script or its data may still be loading. */
  const leaving = useRef<string>(undefined)
  useLayoutEffect(() => {
    if (before.current === path) return
    leaving.current = before.current
    before.current = path
    if (focusArrival(leaving.current)) leaving.current = undefined
  }, [path])

  useEffect(() => {
    /** The focused element and its ancestors, from the inside out. */
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
        const main = part.querySelector('main')
        // All of the content was replaced. What replaced it may still be loading; a later change looks again.
        if (main) return (main.querySelector<HTMLElement>('h1') ?? findTabStop(main))?.focus()
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

/** @returns false while nothing on the page can take the focus yet */
function focusArrival(left: string): boolean {
  // React hides the previous page until the next one is there.
  if (!isNowhere() && document.activeElement?.checkVisibility()) return true
  const items = [...document.querySelectorAll<HTMLAnchorElement>('main li a')]
  const target = items.find((item) => pathOf(item) === left) ?? document.querySelector<HTMLElement>('main h1')
  target?.focus({ preventScroll: true })
  return target !== null && document.activeElement === target
}

/** The path that a link within the page leads to, wherever in the address it is kept. */
function pathOf({ hash, pathname }: HTMLAnchorElement): string {
  return hash.startsWith('#/') ? (hash.slice(1).split('?')[0] ?? '') : pathname
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
