interface TestChoiceProps {
  readonly count: number
  readonly chosen: number
  /** Of each test input. */
  readonly solved: readonly boolean[]
  readonly onChoose: (index: number) => void
}

/** Which of several test inputs is worked on. */
export function TestChoice({ count, chosen, solved, onChoose }: TestChoiceProps) {
  return (
    <div className="test-choice" role="group" aria-label={`Test input ${chosen + 1} of ${count}`}>
      {Array.from({ length: count }, (_, index) => (
        <button key={index} type="button" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
          {index + 1}
          {solved[index] && (
            <span className="solved-mark" title="Solved by you">
              ✓<span className="visually-hidden"> solved</span>
            </span>
          )}
        </button>
      ))}
    </div>
  )
}
