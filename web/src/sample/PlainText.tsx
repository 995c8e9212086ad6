import { useState } from 'react'
import styles from './PlainText.module.css'

/** More at once makes a browser slow. */
const maxShown = 50_000

/** The words of a model or program, always as plain text. */
export function PlainText({ text, label }: { readonly text: string; readonly label: string }) {
  const [isWhole, setWhole] = useState(false)
  const rest = text.length - maxShown
  const excerpt = isWhole || rest <= 0 ? text : text.slice(0, maxShown)
  return (
    <>
      {/* It scrolls, so a keyboard has to get into it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.plain} tabIndex={0} role="region" aria-label={label} dir="auto">
        {excerpt}
      </pre>
      {rest > 0 && !isWhole && (
        <button type="button" onClick={() => setWhole(true)}>
          Show the other {rest.toLocaleString('en-US')} characters
        </button>
      )}
    </>
  )
}
