import { useMemo } from 'react'
import { joinClasses } from '../parts/join-classes.ts'
import { highlightPython } from './highlight-python.ts'
import styles from './PythonCode.module.css'
import { PythonTokens } from './PythonTokens.tsx'

interface PythonCodeProps {
  readonly program: string
  /** Errors by line number, from 1. */
  readonly faults: ReadonlyMap<number, string>
}

/** A program with line numbers, marked where it failed. It is always plain text. */
export function PythonCode({ program, faults }: PythonCodeProps) {
  const lines = useMemo(() => highlightPython(program), [program])
  return (
    // It scrolls, so a keyboard has to get into it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={styles.code} tabIndex={0} role="region" aria-label="Program">
      {lines.map((tokens, index) => {
        const fault = faults.get(index + 1)
        return (
          <span key={index} className={joinClasses(styles.line, fault !== undefined && styles.faulty)}>
            <code>
              <PythonTokens tokens={tokens} />
              {'\n'}
            </code>
            {fault !== undefined && <span className={styles.fault}>{fault}</span>}
          </span>
        )
      })}
    </pre>
  )
}
