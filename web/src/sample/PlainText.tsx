import { useState } from 'react'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
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
      <ScrollRegion as="pre" className={styles.plain} label={label} dir="auto">
        {excerpt}
      </ScrollRegion>
      {rest > 0 && !isWhole && (
        <button type="button" onClick={() => setWhole(true)}>
          Show the other {rest.toLocaleString('en-US')} characters
        </button>
      )}
    </>
  )
}
