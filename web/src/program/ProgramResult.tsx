import { useState, type RefObject } from 'react'
import type { ProgramRunDocument, TaskDocument } from '../../../src/api/documents.ts'
import type { DifferenceMode } from '../address/difference-views.ts'
import type { View } from '../address/route.ts'
import { addressOf, api } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { DifferenceModes } from '../grid/DifferenceModes.tsx'
import { planCell, planSlot } from '../grid/plan-cell.ts'
import { useViewport } from '../parts/hooks/use-viewport.ts'
import { joinClasses } from '../parts/join-classes.ts'
import { listFaults } from '../sample/list-faults.ts'
import { PairRows } from '../sample/PairRows.tsx'
import { RanFacts } from '../sample/RanFacts.tsx'
import styles from './ProgramResult.module.css'
import type { ProgramOutcome } from './use-program-run.ts'

interface ProgramResultProps {
  readonly task: TaskDocument
  readonly taskKey: string
  readonly view: View
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly result: ProgramOutcome['result']
  /** Whether the program has been changed since. */
  readonly isStale: boolean
}

/** What a program gave, pair by pair. */
export function ProgramResult({ result, ...props }: ProgramResultProps) {
  if ('error' in result) {
    return (
      <p className="notice" role="alert">
        {result.error}
      </p>
    )
  }
  return <Judged {...props} document={result.document} />
}

function Judged(props: Omit<ProgramResultProps, 'result'> & { readonly document: ProgramRunDocument }) {
  const { task, taskKey, view, field, document, isStale } = props
  const { ran, results } = document
  const { width } = useViewport()
  const [mode, setMode] = useState<DifferenceMode>('overlay')
  const address = addressOf(taskKey, view, '/expected')
  // Who turns the task or goes on to another one asks anew.
  const [shownFor, setShownFor] = useState<string>()
  const isShown = shownFor === address
  const read = useResource(isShown ? address : undefined, () => api.readTaskExpected(taskKey, view))
  const expected = isShown && read.state !== 'loading' ? read.value?.outputs : undefined
  const grids = [
    ...task.train.flatMap(({ input, output }) => [input, output]),
    ...task.test_inputs,
    ...results.flatMap(({ got }) => (got ? [got] : [])),
    ...(expected ?? []).filter((grid) => grid !== null),
  ]
  const right = results.filter(({ verdict }) => verdict === 'correct').length
  const judged = results.filter(({ verdict }) => verdict !== 'unjudged').length
  return (
    <section className={joinClasses(styles.result, isStale && styles.stale)} aria-label="What the program gave">
      <p className={joinClasses(styles.verdict, right === judged ? styles.right : styles.wrong)} role="status">
        {right === judged ? `✓ Right on all ${judged} pairs` : `✗ Right on ${right} of ${judged} pairs`}
      </p>
      {listFaults(results).size > 0 && (
        <ul className={styles.faults}>
          {[...listFaults(results)].map(([line, words]) => (
            <li key={line}>
              <button type="button" className="plain" onClick={() => goToLine(field.current, line)}>
                Line {line}
              </button>{' '}
              <span>{words}</span>
            </li>
          ))}
        </ul>
      )}
      <RanFacts ran={ran} />
      <div className="buttons">
        <DifferenceModes mode={mode} onChoose={setMode} />
        <button
          type="button"
          aria-pressed={isShown}
          title="The outputs of test inputs stay with the server until you ask for them"
          onClick={() => setShownFor(isShown ? undefined : address)}
        >
          {isShown ? 'Hide the expected test outputs' : 'Show the expected test outputs'}
        </button>
        {isShown && read.state === 'failed' && <span role="alert">{read.error.message}</span>}
      </div>
      <PairRows
        train={task.train}
        testInputs={task.test_inputs}
        expected={expected}
        results={results}
        mode={mode}
        cell={planCell(grids, planSlot(width))}
      />
    </section>
  )
}

/** Selects a line of the program, counted from 1. */
function goToLine(field: HTMLTextAreaElement | null, line: number): void {
  if (!field) return
  const lines = field.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0)
  field.focus()
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
}
