import type { RoundDocument, SampleDocument } from '../../../src/api/documents.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { explainOutcome } from '../../../src/domain/runs/explain-no-grid.ts'
import type { DifferenceMode } from '../address/difference-views.ts'
import { Call } from './Call.tsx'
import { listFaults } from './list-faults.ts'
import { PairRows } from './PairRows.tsx'
import { Partial } from './Partial.tsx'
import { PythonCode } from './PythonCode.tsx'
import { RanFacts } from './RanFacts.tsx'
import styles from './Round.module.css'

interface RoundProps {
  readonly document: SampleDocument
  readonly index: number
  /** The expected outputs of the test inputs, if they were requested. */
  readonly expected: readonly (Grid | null)[] | undefined
  readonly mode: DifferenceMode
  readonly cell: number
}

/** One round of a sample: the grids it gave, its program, and the words around it. */
export function Round({ document, index, expected, mode, cell }: RoundProps) {
  const { rounds, chosen, train, test_inputs, attempts } = document
  const round = rounds[index]
  if (round === undefined) return null
  const { calls, lost, partials, program, ran, results } = round
  const before = rounds[index - 1]?.calls
  return (
    <section className={styles.round} aria-label={`Round ${index + 1}`}>
      <h2>
        {rounds.length > 1 ? `Round ${index + 1}` : 'What it gave'}{' '}
        {rounds.length > 1 && index === chosen && <span className="hint">counts for the sample</span>}
      </h2>
      {results.length === 0 && <p>{explainNothing(round)}</p>}
      {results.length > 0 && (
        <PairRows
          train={train}
          testInputs={test_inputs}
          expected={expected}
          results={results}
          explainNone={(test) => explainCall(round, test)}
          {...(index === chosen && { attempts })}
          mode={mode}
          cell={cell}
        />
      )}
      {program !== null && (
        <div className={styles.program}>
          <h3>Program</h3>
          <PythonCode program={program} faults={listFaults(results)} />
          {ran && <RanFacts ran={ran} />}
        </div>
      )}
      {calls.map((call, place) => (
        <Call key={call.answer_key} call={call} before={before?.[place]?.messages} />
      ))}
      {partials.map((partial) => (
        <Partial key={partial.broke_at} partial={partial} />
      ))}
      {lost.map((words) => (
        <p key={words} className="notice">
          An answer can no longer be read: {words}
        </p>
      ))}
    </section>
  )
}

function explainNothing({ calls, program }: RoundDocument): string {
  const fault = calls.find(({ outcome }) => outcome !== 'answered')
  if (fault) return `${explainOutcome(fault.outcome, fault.problem)}.`
  return program === null ? 'This round gave no program and no grid.' : 'The program was not run.'
}

function explainCall({ calls }: RoundDocument, test: number): string {
  const call = calls.find((each) => each.test === test) ?? calls[0]
  return call === undefined ? 'No grid.' : `${explainOutcome(call.outcome, call.problem)}.`
}
