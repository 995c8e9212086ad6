import { anyRun, type Filters } from '../address/route.ts'
import { api, runsAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import styles from '../parts/Choice.module.css'

type By = Filters['by']

interface RunChoiceProps {
  readonly by: By
  readonly onChange: (by: By) => void
}

/** Filters by tasks that runs solved or did not solve. Hidden if there are no runs. */
export function RunChoice({ by, onChange }: RunChoiceProps) {
  const read = useResource(runsAddress, api.readRuns)
  const { runs = [], damaged = [] } = (read.state === 'loading' ? undefined : read.value) ?? {}
  const listed = runs.filter((run) => run.gives_grids).map((run) => run.run_id)
  // An address may name a run that is not listed yet, or no longer is.
  const named = by && by.run !== anyRun && !listed.includes(by.run) ? [by.run, ...listed] : listed
  if (named.length === 0 && damaged.length === 0 && by === undefined) return null
  return (
    <label className={styles.choice} data-chosen={by === undefined ? undefined : ''}>
      <span className="visually-hidden">Runs</span>
      <select value={by ? pack(by) : ''} onChange={(event) => onChange(parsePacked(event.target.value))}>
        <option value="">Runs: any</option>
        <optgroup label="Solved">
          <option value={pack({ run: anyRun, solved: true })}>Solved by a run</option>
          {named.map((run) => (
            <option key={run} value={pack({ run, solved: true })}>
              Solved by {run}
            </option>
          ))}
        </optgroup>
        <optgroup label="Asked for, not solved">
          <option value={pack({ run: anyRun, solved: false })}>Not solved by any run</option>
          {named.map((run) => (
            <option key={run} value={pack({ run, solved: false })}>
              Not solved by {run}
            </option>
          ))}
        </optgroup>
        {damaged.length > 0 && (
          <optgroup label="Damaged: npx arcloom resume RUN">
            {damaged.map(({ run_id, file, place, message }) => (
              <option key={run_id} disabled>
                {run_id}: {file}
                {place && ` at ${place}`}: {message}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  )
}

function pack({ run, solved }: NonNullable<By>): string {
  return `${solved ? 'solved' : 'unsolved'} ${run}`
}

function parsePacked(value: string): By {
  const [, solved, run] = /^(solved|unsolved) (.+)$/s.exec(value) ?? []
  return run === undefined ? undefined : { run, solved: solved === 'solved' }
}
