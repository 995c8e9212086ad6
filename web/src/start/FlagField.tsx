import type { StartOptionsDocument } from '../../../src/api/documents.ts'
import styles from './StartPage.module.css'
import type { PlanError } from './use-plan.ts'
import { wordAtField } from './word-at-field.ts'

interface FlagFieldProps {
  readonly name: string
  readonly title: string
  readonly flag: StartOptionsDocument['flags'][string]
  readonly value: string
  readonly error: PlanError | undefined
  readonly onChange: (text: string) => void
}

/** One flag of the command, as a field: its name in words, what it does, and what is wrong with it. */
export function FlagField({ name, title, flag, value, error, onChange }: FlagFieldProps) {
  const isWrong = error?.place === name
  const id = `flag-${name}`
  const about = {
    id,
    value,
    'aria-invalid': isWrong,
    'aria-describedby': `${id}-about${isWrong ? ` ${id}-error` : ''}`,
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{title}</label>
      {flag.choices ? (
        <select {...about} onChange={(event) => onChange(event.target.value)}>
          <option value="">{flag.default ?? 'by default'}</option>
          {flag.choices
            .filter((choice) => choice !== flag.default)
            .map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
        </select>
      ) : (
        <input {...about} placeholder={flag.default ?? ''} onChange={(event) => onChange(event.target.value)} />
      )}
      <p id={`${id}-about`} className={styles.about}>
        {flag.description} <code>{flag.flags.split(' ')[0]}</code>
      </p>
      {isWrong && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {wordAtField(error.message)}
        </p>
      )}
    </div>
  )
}
