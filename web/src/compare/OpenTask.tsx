import type { CompareDocument, SelectedDocument } from '../../../src/api/documents.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { Link } from '../address/Link.tsx'
import { navigate } from '../address/navigate.ts'
import { api, expectedAddress, selectedAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { currentSource } from '../data/source.ts'
import { DifferenceModes } from '../grid/DifferenceModes.tsx'
import { GridDifference } from '../grid/GridDifference.tsx'
import { GridPicture } from '../grid/GridPicture.tsx'
import { planCell, planSlot } from '../grid/plan-cell.ts'
import { TitledGrid } from '../grid/TitledGrid.tsx'
import { useViewport } from '../parts/hooks/use-viewport.ts'
import { ModeChoice } from '../parts/ModeChoice.tsx'
import { change, type CompareRoute } from './change-view.ts'
import styles from './OpenTask.module.css'

interface OpenTaskProps {
  readonly route: CompareRoute
  readonly runs: readonly string[]
  readonly task: CompareDocument['tasks'][number]
}

/** Stands for the expected output as the base of comparison, instead of a run. Not a possible name of a run. */
const expectedBase = '*'

/** The attempts of each run at one task, compared with those of one run or with the expected output. */
export function OpenTask({ route, runs, task }: OpenTaskProps) {
  const { mode = 'overlay', base = runs[0] ?? '', expected: isExpected = false } = route.view ?? {}
  const itemKey = task.runs[0]?.item ?? ''
  const first = useSelected(runs[0] ?? '', itemKey)
  const address = isExpected ? expectedAddress(runs[0] ?? '', itemKey) : undefined
  const read = useResource(address, () => api.readExpected(runs[0] ?? '', itemKey))
  const outputs = isExpected && read.state !== 'loading' ? read.value?.outputs : undefined
  const choose = (chosen: string) =>
    navigate(
      change(
        route,
        chosen === expectedBase ? { expected: true, base: undefined } : { expected: undefined, base: chosen },
      ),
      { replace: true },
    )
  const bases = [
    ...runs.map((run) => ({ mode: run, title: run })),
    ...(currentSource().hasExpected ? [{ mode: expectedBase, title: 'the expected output' }] : []),
  ]
  return (
    <div className={styles.open}>
      <div className={styles.tools}>
        <span className={styles.from}>
          Differences from{' '}
          <ModeChoice
            label="Differences from"
            modes={bases}
            chosen={isExpected ? expectedBase : base}
            onChoose={choose}
          />
        </span>
        <DifferenceModes mode={mode} onChoose={(next) => navigate(change(route, { mode: next }), { replace: true })} />
      </div>
      {first?.test_inputs.map((input, test) => (
        <TestRow key={test} {...{ route, runs, task, test, input, outputs, mode, base, isExpected }} />
      ))}
    </div>
  )
}

interface TestRowProps extends OpenTaskProps {
  readonly test: number
  readonly input: Grid
  readonly outputs: readonly (Grid | null)[] | undefined
  readonly mode: 'overlay' | 'side' | 'blink'
  readonly base: string
  readonly isExpected: boolean
}

function TestRow(props: TestRowProps) {
  const { runs, task, test, input, outputs, base, isExpected } = props
  const { width } = useViewport()
  const expected = outputs?.[test] ?? undefined
  const baseIndex = Math.max(0, runs.indexOf(base))
  const other = useSelected(runs[baseIndex] ?? '', task.runs[baseIndex]?.item ?? '')
  const held = isExpected ? expected : other?.attempts[test]?.[0]?.grid
  const cell = planCell([input, ...(held ? [held] : [])], planSlot(width))
  return (
    <div className={styles.test}>
      <TitledGrid title={`Test ${test + 1}, input`} size={input}>
        <GridPicture grid={input} label={`Test ${test + 1}, input`} cell={cell} />
      </TitledGrid>
      {runs.map((run, index) => (
        <RunGrid
          key={run}
          {...props}
          run={run}
          item={task.runs[index]?.item ?? ''}
          held={held}
          isBase={!isExpected && index === baseIndex}
          baseName={isExpected ? 'the expected output' : (runs[baseIndex] ?? '')}
          cell={cell}
        />
      ))}
    </div>
  )
}

interface RunGridProps extends TestRowProps {
  readonly run: string
  readonly item: string
  /** The grid that this run's is compared with; undefined while it loads, and if there is none. */
  readonly held: Grid | undefined
  readonly isBase: boolean
  readonly baseName: string
  readonly cell: number
}

function RunGrid({ run, item, test, held, isBase, baseName, isExpected, mode, cell }: RunGridProps) {
  const selected = useSelected(run, item)
  if (!selected) return <div className="waiting" aria-busy="true" />
  const [attempt, second] = selected.attempts[test] ?? []
  const sample = attempt?.samples[0]
  return (
    <div className={styles.run}>
      {attempt === undefined ? (
        <TitledGrid title={run}>
          <p className={styles.none}>{selected.recorded ? 'No sample gave a grid.' : 'Not recorded.'}</p>
        </TitledGrid>
      ) : isBase || held === undefined ? (
        <TitledGrid title={run} size={attempt.grid}>
          <GridPicture grid={attempt.grid} label={`${run}, attempt 1`} cell={cell} />
        </TitledGrid>
      ) : (
        <GridDifference
          got={attempt.grid}
          other={held}
          gotTitle={run}
          otherTitle={isExpected ? 'Expected' : baseName}
          otherName={isExpected ? baseName : `that of ${baseName}`}
          mode={mode}
          cell={cell}
        />
      )}
      {attempt && sample !== undefined && (
        <span className="hint">
          attempt 1 {attempt.right ? '✓ right' : '✗ wrong'}
          {second && `, attempt 2 ${second.right ? '✓ right' : '✗ wrong'}`} ·{' '}
          <Link to={{ page: 'sample', run, item, sample, matrix: {} }}>sample {sample + 1}</Link>
        </span>
      )}
    </div>
  )
}

function useSelected(run: string, itemKey: string): SelectedDocument | undefined {
  const read = useResource(selectedAddress(run, itemKey), () => api.readSelected(run, itemKey))
  return read.state === 'loading' ? undefined : read.value
}
