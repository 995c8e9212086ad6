import styles from './Choice.module.css'

interface ChoiceProps {
  readonly title: string
  readonly value: string | undefined
  readonly options: readonly (readonly [value: string, words: string])[]
  /** Shown when nothing is chosen. */
  readonly unset?: string
  readonly onChange: (value: string | undefined) => void
}

/** A criterion to filter or sort by. */
export function Choice({ title, value, options, unset = `${title}: any`, onChange }: ChoiceProps) {
  // An address may name an option that is not, or no longer, offered.
  const isOffered = value === undefined || options.some(([option]) => option === value)
  const listed = isOffered ? options : [[value, value] as const, ...options]
  return (
    <label className={styles.choice} data-chosen={value === undefined ? undefined : ''}>
      <span className="visually-hidden">{title}</span>
      <select value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)}>
        <option value="">{unset}</option>
        {listed.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}
