import { useEffect, useLayoutEffect, useRef } from 'react'

/** So near to the end counts as there. */
const nearPx = 80

/** Keeps the window at its end while the page grows, unless somebody has scrolled away from there to read. */
export function useStayAtEnd(): void {
  const isAtEnd = useRef(true)
  useEffect(() => {
    const look = () => {
      const { scrollHeight, clientHeight } = document.documentElement
      isAtEnd.current = scrollHeight - clientHeight - window.scrollY < nearPx
    }
    window.addEventListener('scroll', look, { passive: true })
    return () => window.removeEventListener('scroll', look)
  }, [])
  useLayoutEffect(() => {
    if (isAtEnd.current) window.scrollTo(0, document.documentElement.scrollHeight)
  })
}
