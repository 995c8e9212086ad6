import styles from './ModeChoice.module.css'

interface ModeChoiceProps<Mode extends string> {
  /** What is being chosen, for screen readers. */
  readonly label: string
  readonly modes: readonly { readonly mode: Mode; readonly title: string }[]
  readonly chosen: Mode
  readonly onChoose: (mode: Mode) => void
}

/** A few ways to look at something, side by side; one is selected. */
export function ModeChoice<Mode extends string>({ label, modes, chosen, onChoose }: ModeChoiceProps<Mode>) {
  return (
    <span className={styles.choice} role="group" aria-label={label}>
      {modes.map(({ mode, title }) => (
        <button key={mode} type="button" aria-pressed={mode === chosen} onClick={() => onChoose(mode)}>
          {title}
        </button>
      ))}
    </span>
  )
}
