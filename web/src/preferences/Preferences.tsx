import { useId, useState, type ReactNode } from 'react'
import styles from './Preferences.module.css'

/** What the top bar offers beside the pages. On a phone it is behind a button, which leaves the room to the pages. */
export function Preferences({ children }: { readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        Settings
      </button>
      <div id={id} className={styles.preferences}>
        {children}
      </div>
    </>
  )
}
