import { useState } from 'react'
import type { View } from '../address/route.ts'
import { api, tracesAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import styles from './ContextChoice.module.css'

interface ContextChoiceProps {
  readonly taskKey: string
  readonly sample: View['sample']
  readonly hasDrawing: boolean
  readonly chosen: Chosen
  readonly onChoose: (chosen: Chosen) => void
}

/** What the next question shows besides the task. */
export interface Chosen {
  readonly traces: readonly string[]
  readonly drawing: boolean
  readonly sample: boolean
}

export const nothingChosen: Chosen = { traces: [], drawing: false, sample: false }

/** The task is always shown; traces, a sample and one's own drawing are shown if they are chosen. */
export function ContextChoice({ taskKey, sample, hasDrawing, chosen, onChoose }: ContextChoiceProps) {
  const [isOpen, setOpen] = useState(false)
  const count = chosen.traces.length + Number(chosen.drawing) + Number(chosen.sample)
  return (
    <details className={styles.context} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Show the model more{count > 0 && ` (${count})`}</summary>
      <div className={styles.list}>
        {hasDrawing && (
          <label className="check">
            <input
              type="checkbox"
              checked={chosen.drawing}
              onChange={(event) => onChoose({ ...chosen, drawing: event.target.checked })}
            />
            What I drew
          </label>
        )}
        {sample && (
          <label className="check">
            <input
              type="checkbox"
              checked={chosen.sample}
              onChange={(event) => onChoose({ ...chosen, sample: event.target.checked })}
            />
            Sample {sample.index + 1} of {sample.run}
          </label>
        )}
        {/* Traces may give the rule away, so they are loaded only now. */}
        {isOpen && <TraceChoice taskKey={taskKey} chosen={chosen} onChoose={onChoose} />}
        <p className="hint">The outputs of test inputs are never shown to a model.</p>
      </div>
    </details>
  )
}

const maxShown = 60

function TraceChoice({ taskKey, chosen, onChoose }: Pick<ContextChoiceProps, 'taskKey' | 'chosen' | 'onChoose'>) {
  const read = useResource(tracesAddress(taskKey), () => api.readTraces(taskKey))
  const traces = read.state === 'loading' ? [] : (read.value?.traces ?? [])
  return traces.map(({ trace_id: id, username, text }) => (
    <label key={id} className={`check ${styles.trace}`}>
      <input
        type="checkbox"
        checked={chosen.traces.includes(id)}
        onChange={({ target }) =>
          onChoose({
            ...chosen,
            traces: target.checked ? [...chosen.traces, id] : chosen.traces.filter((each) => each !== id),
          })
        }
      />
      <span>
        Trace of <bdi>{username}</bdi>: {text.replace(/\s+/g, ' ').slice(0, maxShown)}
      </span>
    </label>
  ))
}
