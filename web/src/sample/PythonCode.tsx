import { useMemo } from 'react'
import { joinClasses } from '../parts/join-classes.ts'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
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
    <ScrollRegion as="pre" className={styles.code} label="Program">
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
    </ScrollRegion>
  )
}
