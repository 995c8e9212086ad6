import { sayAtField } from '../parts/field-titles.ts'
import styles from './StartPage.module.css'

interface FieldProblemsProps {
  /** Of the element, for `aria-describedby`. */
  readonly id: string
  readonly messages: readonly string[]
}

/** What is wrong with a field, beside it and in the page's words. */
export function FieldProblems({ id, messages }: FieldProblemsProps) {
  return (
    <div id={id} className={styles.error} role="alert">
      {messages.map((message) => (
        <p key={message}>{sayAtField(message)}</p>
      ))}
    </div>
  )
}
