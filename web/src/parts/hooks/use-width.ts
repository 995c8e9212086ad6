import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** The width of an element in pixels; 0 until it is known. */
export function useWidth<Part extends Element>(): [RefObject<Part | null>, number] {
  const part = useRef<Part>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (!part.current || typeof ResizeObserver === 'undefined') return undefined
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)))
    observer.observe(part.current)
    return () => observer.disconnect()
  }, [])
  return [part, width]
}
