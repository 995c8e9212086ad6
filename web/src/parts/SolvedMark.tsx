import styles from './SolvedMark.module.css'

/** Beside what this person solved. */
export function SolvedMark() {
  return (
    <span className={styles.solvedMark} title="Solved by you">
      <span aria-hidden="true">✓</span>
      <span className="visually-hidden">solved</span>
    </span>
  )
}
