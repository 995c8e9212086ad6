import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Where a part of the page begins, in pixels from its top, whatever stands above. @param estimate used until it is measured */
export function useTop<Part extends HTMLElement>(estimate: number): [RefObject<Part | null>, number] {
  const part = useRef<Part>(null)
  const [top, setTop] = useState(estimate)
  useLayoutEffect(() => {
    const measure = () => {
      const measured = part.current && Math.round(part.current.getBoundingClientRect().top + window.scrollY)
      if (measured) setTop(measured)
    }
    measure()
    const above = part.current?.previousElementSibling
    if (!above || typeof ResizeObserver === 'undefined') return undefined
    const observer = new ResizeObserver(measure)
    observer.observe(above)
    return () => observer.disconnect()
  }, [])
  return [part, top]
}
