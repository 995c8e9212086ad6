import styles from './Choice.module.css'

interface ChoiceProps {
  readonly title: string
  readonly value: string | undefined
  readonly options: readonly (readonly [value: string, words: string])[]
  /** What is shown where nothing is chosen. */
  readonly unset?: string
  readonly onChange: (value: string | undefined) => void
}

/** One thing to filter or to sort by. */
export function Choice({ title, value, options, unset = `${title}: any`, onChange }: ChoiceProps) {
  // An address may name what is not offered, or not any more.
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
