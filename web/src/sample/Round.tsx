import type { RoundDocument, SampleDocument } from '../../../src/api/documents.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { explainNoGrid, explainOutcome } from '../../../src/domain/runs/explain-no-grid.ts'
import type { DifferenceMode } from '../address/difference-views.ts'
import { Call } from './Call.tsx'
import { Fold } from './Fold.tsx'
import { PairRow } from './PairRow.tsx'
import { PlainText } from './PlainText.tsx'
import { PythonCode } from './PythonCode.tsx'
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
  const { calls, lost, program, ran, results } = round
  const pairs = [
    ...train.map(({ input, output }, place) => ({ part: 'train' as const, index: place, input, expected: output })),
    ...test_inputs.map((input, place) => ({
      part: 'test' as const,
      index: place,
      input,
      expected: expected?.[place] ?? undefined,
    })),
  ]
  const before = rounds[index - 1]?.calls
  return (
    <section className={styles.round} aria-label={`Round ${index + 1}`}>
      <h2>
        {rounds.length > 1 ? `Round ${index + 1}` : 'What it gave'}{' '}
        {rounds.length > 1 && index === chosen && <span className="hint">stands for the sample</span>}
      </h2>
      {results.length === 0 && <p>{explainNothing(round)}</p>}
      {results.length > 0 && (
        <div className={styles.pairs}>
          {pairs.map((pair) => {
            const result = results.find((each) => each.part === pair.part && each.index === pair.index)
            // Recipes that ask for grids ask only for those of test inputs.
            if (result === undefined) return null
            return (
              <PairRow
                key={`${pair.part} ${pair.index}`}
                {...pair}
                result={result}
                whyNone={explainCall(round, pair.index)}
                attempt={pair.part === 'test' && index === chosen ? (attempts[pair.index] ?? null) : null}
                mode={mode}
                cell={cell}
              />
            )
          })}
        </div>
      )}
      {program !== null && (
        <div className={styles.program}>
          <h3>Program</h3>
          <PythonCode program={program} faults={listFaults(round)} />
          {ran && <p className="hint">{describeRun(ran)}</p>}
          {ran && ran.printed !== '' && (
            <Fold title="What it printed" isOpen>
              <PlainText text={ran.printed} label="What it printed" />
            </Fold>
          )}
        </div>
      )}
      {calls.map((call, place) => (
        <Call key={call.answer_key} call={call} before={before?.[place]?.messages} />
      ))}
      {lost.map((words) => (
        <p key={words} className="notice">
          An answer cannot be read any more: {words}
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

/** The errors of each line, each once however many pairs they occurred on. */
function listFaults({ results }: RoundDocument): ReadonlyMap<number, string> {
  const faults = new Map<number, string[]>()
  for (const result of results) {
    const { verdict, line, part, index } = result
    if (line === undefined || verdict === 'no-grid' || verdict === 'unjudged') continue
    faults.set(line, [...(faults.get(line) ?? []), `${part} ${index + 1}: ${explainNoGrid({ ...result, verdict })}`])
  }
  return new Map([...faults].map(([line, words]) => [line, words.join('\n')]))
}

function describeRun({ cpu_seconds, deterministic, function: name, grids_as }: NonNullable<RoundDocument['ran']>) {
  return [
    name === undefined || name === null ? undefined : `called ${name}`,
    grids_as === 'array' ? 'handed numpy arrays' : undefined,
    `${cpu_seconds.toFixed(2)} s of processor time`,
    deterministic === false ? 'a second run gave something else' : undefined,
  ]
    .filter(Boolean)
    .join(' · ')
}
