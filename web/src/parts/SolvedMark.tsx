import styles from './SolvedMark.module.css'

/** Shown beside tasks that this person solved. */
export function SolvedMark() {
  return (
    <span className={styles.solvedMark} title="Solved by you">
      <span aria-hidden="true">✓</span>
      <span className="visually-hidden">solved</span>
    </span>
  )
}
