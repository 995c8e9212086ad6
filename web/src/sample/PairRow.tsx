import type { PairResult } from '../../../src/api/documents.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { explainNoGrid } from '../../../src/domain/runs/explain-no-grid.ts'
import type { DifferenceMode } from '../address/difference-views.ts'
import { GridDifference } from '../grid/GridDifference.tsx'
import { GridPicture } from '../grid/GridPicture.tsx'
import { TitledGrid } from '../grid/TitledGrid.tsx'
import { joinClasses } from '../parts/join-classes.ts'
import styles from './PairRow.module.css'

interface PairRowProps {
  readonly part: 'train' | 'test'
  readonly index: number
  readonly input: Grid
  /** Undefined if it was not requested. */
  readonly expected: Grid | undefined
  /** Undefined if nothing was run on this pair. */
  readonly result: PairResult | undefined
  /** Why the answer holds no grid, in words. */
  readonly whyNone: string
  readonly attempt: 1 | 2 | null
  readonly mode: DifferenceMode
  readonly cell: number
}

/** One pair: its input, the sample's output, and how that differs from the expected one. */
export function PairRow({ part, index, input, expected, result, whyNone, attempt, mode, cell }: PairRowProps) {
  const name = `${part === 'train' ? 'Train' : 'Test'} ${index + 1}`
  return (
    <section className={styles.pair} aria-label={name}>
      <h3 className={styles.title}>
        {name} {result && <Verdict result={result} />}
        {attempt !== null && <span className="hint">selected as attempt {attempt}</span>}
      </h3>
      <div className={styles.grids}>
        <TitledGrid title="Input" size={input}>
          <GridPicture grid={input} label={`${name}, input`} cell={cell} />
        </TitledGrid>
        {result && <Given {...{ name, expected, result, whyNone, mode, cell }} />}
      </div>
    </section>
  )
}

interface GivenProps extends Pick<PairRowProps, 'expected' | 'whyNone' | 'mode' | 'cell'> {
  readonly name: string
  readonly result: PairResult
}

function Given({ name, expected, result, whyNone, mode, cell }: GivenProps) {
  const { got, verdict } = result
  if (got === null) {
    return (
      <>
        {expected && (
          <TitledGrid title="Expected" size={expected}>
            <GridPicture grid={expected} label={`${name}, expected output`} cell={cell} />
          </TitledGrid>
        )}
        <TitledGrid title="Output">
          <p className={styles.none}>{isOfProgram(verdict) ? explainNoGrid({ ...result, verdict }) : whyNone}</p>
        </TitledGrid>
      </>
    )
  }
  if (expected === undefined || verdict === 'correct') {
    return (
      <TitledGrid title="Output" size={got}>
        <GridPicture grid={got} label={`${name}, output`} cell={cell} />
      </TitledGrid>
    )
  }
  return (
    <GridDifference
      got={got}
      other={expected}
      gotTitle="Output"
      otherTitle="Expected"
      otherName="the expected output"
      mode={mode}
      cell={cell}
    />
  )
}

/** Other verdicts say nothing about a program. */
function isOfProgram(verdict: PairResult['verdict']): verdict is Exclude<typeof verdict, 'no-grid' | 'unjudged'> {
  return verdict !== 'no-grid' && verdict !== 'unjudged'
}

function Verdict({ result: { verdict, limit } }: { readonly result: PairResult }) {
  if (verdict === 'unjudged') return <span className="hint">no solution is known</span>
  const isRight = verdict === 'correct'
  return (
    <span className={joinClasses(styles.verdict, isRight ? styles.right : styles.wrong)}>
      {isRight ? '✓ right' : `✗ ${verdict}`}
      {limit !== undefined && ` (${limit.replaceAll('_', ' ')})`}
    </span>
  )
}
