import { useState, type ReactNode } from 'react'
import styles from './Fold.module.css'

interface FoldProps {
  readonly title: string
  /** Beside the title, in grey. */
  readonly hint?: string
  readonly isOpen?: boolean
  readonly children: ReactNode
}

/** A section that opens and closes. Closed content is not drawn: reasoning may be a megabyte. */
export function Fold({ title, hint, isOpen: opensAtFirst = false, children }: FoldProps) {
  const [isOpen, setOpen] = useState(opensAtFirst)
  return (
    <details className={styles.fold} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {title} {hint !== undefined && <span className="hint">{hint}</span>}
      </summary>
      {isOpen && children}
    </details>
  )
}
