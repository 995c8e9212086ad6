import type { StartOptionsDocument } from '../../../src/api/documents.ts'
import { sayInFields, titleOf } from '../parts/field-titles.ts'
import { FieldProblems } from './FieldProblems.tsx'
import styles from './StartPage.module.css'

interface FlagFieldProps {
  readonly name: string
  readonly flag: StartOptionsDocument['flags'][string]
  readonly value: string
  readonly problems: readonly string[]
  readonly onChange: (text: string) => void
}

/** One flag of the command, as a field: its name in words, what it does, and what is wrong with it. */
export function FlagField({ name, flag, value, problems, onChange }: FlagFieldProps) {
  const isWrong = problems.length > 0
  const id = `flag-${name}`
  const about = {
    id,
    value,
    'aria-invalid': isWrong,
    'aria-describedby': `${id}-about${isWrong ? ` ${id}-error` : ''}`,
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{titleOf(name)}</label>
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
        {sayInFields(flag.description)} <code>{flag.flags.split(' ')[0]}</code>
      </p>
      <FieldProblems id={`${id}-error`} messages={problems} />
    </div>
  )
}
