import { useEffect, useRef, useState, type RefObject } from 'react'

const watchers = new WeakMap<Element, () => void>()
let observer: IntersectionObserver | undefined

/** One observer for thousands of cards. */
function observe(element: Element, onNear: () => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) watchers.get(target)?.()
    },
    { rootMargin: '800px' },
  )
  watchers.set(element, onNear)
  observer.observe(element)
  return () => {
    watchers.delete(element)
    observer?.unobserve(element)
  }
}

/** Whether an element has ever been within one screen of the visible part. */
export function useNearby<Element extends HTMLElement>(): [RefObject<Element | null>, boolean] {
  const place = useRef<Element>(null)
  const [isNear, setNear] = useState(typeof IntersectionObserver === 'undefined')
  useEffect(() => {
    const element = place.current
    if (isNear || !element) return undefined
    return observe(element, () => setNear(true))
  }, [isNear])
  return [place, isNear]
}
