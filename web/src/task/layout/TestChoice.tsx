import { useKeys } from '../../parts/hooks/use-keys.ts'
import { SolvedMark } from '../../parts/SolvedMark.tsx'
import styles from './TestChoice.module.css'

interface TestChoiceProps {
  readonly count: number
  readonly chosen: number
  /** For each test input. */
  readonly solved: readonly boolean[]
  readonly onChoose: (index: number) => void
}

/** Chooses which of several test inputs to work on; `T` goes to the next one. */
export function TestChoice({ count, chosen, solved, onChoose }: TestChoiceProps) {
  useKeys((event) => {
    if (event.key.toLowerCase() !== 't' || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    onChoose((chosen + (event.shiftKey ? count - 1 : 1)) % count)
  })
  return (
    <div
      className={styles.testChoice}
      title="T and Shift+T go through them"
      role="group"
      aria-label={`Test input ${chosen + 1} of ${count}`}
    >
      {Array.from({ length: count }, (_, index) => (
        <button key={index} type="button" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
          {index + 1}
          {solved[index] && <SolvedMark />}
        </button>
      ))}
    </div>
  )
}
