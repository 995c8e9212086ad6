import type { PairResult } from '../../../src/api/documents.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import type { Pair } from '../../../src/domain/tasks/task.ts'
import type { DifferenceMode } from '../address/difference-views.ts'
import { PairRow } from './PairRow.tsx'
import styles from './PairRows.module.css'

interface PairRowsProps {
  readonly train: readonly Pair[]
  readonly testInputs: readonly Grid[]
  /** The expected outputs of the test inputs, if they were requested. */
  readonly expected: readonly (Grid | null)[] | undefined
  readonly results: readonly PairResult[]
  /** Why there is no grid for a test input, where no program tells. */
  readonly explainNone?: (test: number) => string
  /** Per test input, the attempt as which its grid was selected. */
  readonly attempts?: readonly (1 | 2 | null)[]
  readonly mode: DifferenceMode
  readonly cell: number
}

/** What was given for each pair, as far as anything was: recipes that ask for grids ask only for those of test inputs. */
export function PairRows(props: PairRowsProps) {
  const { train, testInputs, expected, results, explainNone = () => '', attempts = [], mode, cell } = props
  return (
    <div className={styles.pairs}>
      {results.map((result) => {
        const { part, index } = result
        const pair = part === 'train' ? train[index] : undefined
        const input = pair?.input ?? testInputs[index]
        if (input === undefined) return null
        return (
          <PairRow
            key={`${part} ${index}`}
            part={part}
            index={index}
            input={input}
            expected={pair?.output ?? expected?.[index] ?? undefined}
            result={result}
            whyNone={explainNone(index)}
            attempt={part === 'test' ? (attempts[index] ?? null) : null}
            mode={mode}
            cell={cell}
          />
        )
      })}
    </div>
  )
}
