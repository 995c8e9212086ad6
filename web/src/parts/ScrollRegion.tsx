import type { HTMLAttributes } from 'react'

interface ScrollRegionProps extends HTMLAttributes<HTMLElement> {
  readonly as?: 'div' | 'pre' | 'section'
  /** What is in it, for people who do not see it. */
  readonly label: string
}

/** Something that scrolls by itself: Tab reaches it, so that a keyboard can scroll it too (WCAG 2.1.1). */
export function ScrollRegion({ as: Element = 'div', label, ...rest }: ScrollRegionProps) {
  return <Element {...rest} role="region" aria-label={label} tabIndex={0} />
}
