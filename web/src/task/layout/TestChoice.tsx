import { SolvedMark } from '../../parts/SolvedMark.tsx'
import styles from './TestChoice.module.css'

interface TestChoiceProps {
  readonly count: number
  readonly chosen: number
  /** For each test input. */
  readonly solved: readonly boolean[]
  readonly onChoose: (index: number) => void
}

/** Chooses which of several test inputs to work on. */
export function TestChoice({ count, chosen, solved, onChoose }: TestChoiceProps) {
  return (
    <div className={styles.testChoice} role="group" aria-label={`Test input ${chosen + 1} of ${count}`}>
      {Array.from({ length: count }, (_, index) => (
        <button key={index} type="button" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
          {index + 1}
          {solved[index] && <SolvedMark />}
        </button>
      ))}
    </div>
  )
}
