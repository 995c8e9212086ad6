import type { Token } from './highlight-python.ts'
import styles from './PythonTokens.module.css'

/** One line of a program, as plain text in colours. */
export function PythonTokens({ tokens }: { readonly tokens: readonly Token[] }) {
  return tokens.map(({ text, kind }, place) =>
    kind === undefined ? (
      text
    ) : (
      <span key={place} className={styles[kind]}>
        {text}
      </span>
    ),
  )
}
