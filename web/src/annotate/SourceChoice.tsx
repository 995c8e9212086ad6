import { useState } from 'react'
import { Link } from '../address/Link.tsx'
import { api, runsAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { describeKind, describeSamples } from '../parts/run-words.ts'
import { labelWords } from './label-words.ts'
import styles from './SourceChoice.module.css'

/** Which runs to label, whether traces too, and what the labels mean. */
export function SourceChoice() {
  const read = useResource(runsAddress, api.readRuns)
  const runs = read.state === 'loading' ? undefined : read.value?.runs.filter(({ recipe }) => recipe !== null)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [hasTraces, setTraces] = useState(false)
  const isEmpty = chosen.length === 0 && !hasTraces
  return (
    <main className={styles.page} id="main">
      <h1 tabIndex={-1}>Label reasoning</h1>
      <p>
        You read what a model wrote about a task and say whether its rule is right. Whether its grids were right is not
        shown until you have labelled the text.
      </p>
      <dl className={styles.meanings}>
        {labelWords.map(({ label, key, title, meaning }) => (
          <div key={label}>
            <dt>
              <kbd>{key}</kbd> {title}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <fieldset className={styles.sources}>
        <legend>What to label</legend>
        {read.state === 'failed' && <p role="alert">{read.error.message}</p>}
        {runs?.length === 0 && <p className="hint">No run has asked a model yet.</p>}
        {runs?.map((run) => (
          <label key={run.run_id} className={styles.source}>
            <input
              type="checkbox"
              checked={chosen.includes(run.run_id)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, run.run_id] : chosen.filter((each) => each !== run.run_id))
              }
            />
            <span>
              <b>{run.run_id}</b>{' '}
              <span className="hint">
                {[describeKind(run), run.model, `${run.tasks.done} tasks`, describeSamples(run)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </label>
        ))}
        <label className={styles.source}>
          <input
            type="checkbox"
            aria-label="Traces of all tasks"
            checked={hasTraces}
            onChange={({ target }) => setTraces(target.checked)}
          />
          <span>
            <b>Traces</b> <span className="hint">of all tasks, by models and people</span>
          </span>
        </label>
      </fieldset>
      {isEmpty ? (
        <button type="button" disabled>
          Begin
        </button>
      ) : (
        <Link
          className={`button ${styles.primary}`}
          to={{
            page: 'annotate',
            view: { ...(chosen.length > 0 && { runs: chosen }), ...(hasTraces && { traces: true as const }) },
          }}
        >
          Begin
        </Link>
      )}
    </main>
  )
}
