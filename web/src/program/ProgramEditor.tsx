import { useMemo, useRef, useState } from 'react'
import type { TaskDocument } from '../../../src/api/documents.ts'
import type { View } from '../address/route.ts'
import { abilitiesAddress, api } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { readStored, store } from '../preferences/stored.ts'
import { listFaults } from '../sample/list-faults.ts'
import { CodeField } from './CodeField.tsx'
import styles from './ProgramEditor.module.css'
import { ProgramResult } from './ProgramResult.tsx'
import { addProgram } from './render-fence.ts'
import { useArrival } from './use-arrival.ts'
import { useProgramRun } from './use-program-run.ts'

interface ProgramEditorProps {
  readonly task: TaskDocument
  readonly taskKey: string
  readonly view: View
  /** The name under which the browser keeps what is written. */
  readonly draft: string
  readonly initial: string
  readonly takesFocus?: boolean
  readonly onTrace: () => void
}

export function ProgramEditor(props: ProgramEditorProps) {
  const { task, taskKey, view, draft, initial, takesFocus = false, onTrace } = props
  const [program, setProgram] = useState(() => readStored(draft) ?? initial)
  const abilities = useResource(abilitiesAddress, api.readAbilities)
  const ability = abilities.state === 'loading' ? undefined : abilities.value
  const isForbidden = ability?.may_act === false
  const { outcome, isRunning, start, stop } = useProgramRun(taskKey, view, task.hash)
  const field = useRef<HTMLTextAreaElement>(null)
  const runButton = useRef<HTMLButtonElement>(null)
  useArrival(field, takesFocus)
  const type = (typed: string) => {
    setProgram(typed)
    // Unchanged text is not stored.
    store(draft, typed === initial ? '' : typed)
  }
  const run = () => {
    if (program !== '' && !isForbidden) start(program)
  }
  // Grids of other pairs say nothing about those that are shown now.
  const current = outcome?.hash === task.hash ? outcome : undefined
  const isStale = current !== undefined && current.program !== program
  const faults = useMemo(
    () =>
      current && !isStale && 'document' in current.result ? listFaults(current.result.document.results) : new Map(),
    [current, isStale],
  )
  const saveAsTrace = () => {
    const trace = `trace.${taskKey}`
    store(trace, addProgram(readStored(trace) ?? '', program))
    onTrace()
  }
  return (
    <div className={styles.editor}>
      <CodeField
        field={field}
        program={program}
        faulty={faults}
        onChange={type}
        onRun={run}
        onLeave={() => (runButton.current ? runButton.current.focus() : field.current?.blur())}
      />
      <div className="buttons">
        {!isForbidden && (
          <button ref={runButton} type="button" className={styles.run} onClick={run} disabled={program === ''}>
            {isRunning ? 'Run again' : 'Run'}
          </button>
        )}
        {isRunning && (
          <button type="button" onClick={stop}>
            Stop
          </button>
        )}
        <button type="button" onClick={saveAsTrace} disabled={program.trim() === ''}>
          Save as a trace…
        </button>
        {program !== initial && (
          <button type="button" className="plain" onClick={() => type(initial)}>
            Start over
          </button>
        )}
        <span className="hint" id="program-keys">
          {!isForbidden && (
            <>
              <kbd>Ctrl+Enter</kbd> runs it,{' '}
            </>
          )}
          <kbd>Esc</kbd> leaves the field.
        </span>
      </div>
      {isForbidden && <p className="notice">{ability?.reason}</p>}
      <p className="hint" role="status">
        {isRunning && 'Running on every pair…'}
        {!isRunning && isStale && 'The program has changed since it ran.'}
        {!isRunning &&
          !current &&
          !isForbidden &&
          'It runs in the sandbox, with the limits of a run, on the train pairs and the test inputs. You learn whether a test output is right, but not what is expected. It is not a try: submit a grid to solve the task.'}
      </p>
      {current && <ProgramResult {...{ task, taskKey, view, field }} result={current.result} isStale={isStale} />}
    </div>
  )
}
