import type { TaskSampleDocument } from '../../../../src/api/documents.ts'
import { sameGrid, type Grid } from '../../../../src/domain/grids/grid.ts'
import type { DifferenceMode } from '../../address/difference-views.ts'
import type { View } from '../../address/route.ts'
import { addressOf, api } from '../../data/api.ts'
import { useResource } from '../../data/resources.ts'
import type { EditorState } from '../../editor/editor-state.ts'
import type { Dispatch } from '../../editor/sessions.ts'
import { SourceGrid } from '../../editor/SourceGrid.tsx'
import { DifferenceModes } from '../../grid/DifferenceModes.tsx'
import type { Slot } from '../../grid/fit-cell.ts'
import { GridDifference } from '../../grid/GridDifference.tsx'
import { planCell } from '../../grid/plan-cell.ts'
import { SizedGrid } from '../../grid/SizedGrid.tsx'

export interface Comparison {
  /** Where the expected outputs come from, once requested. Whoever goes on to another task asks again. */
  readonly address?: string | undefined
  readonly mode: DifferenceMode
}

interface TestOutputProps {
  readonly taskKey: string
  readonly view: View
  readonly document: TaskSampleDocument
  readonly slot: Slot
  readonly test: number
  readonly state: EditorState
  readonly dispatch: Dispatch
  readonly comparison: Comparison
  readonly onComparison: (comparison: Comparison) => void
}

/** A sample's output for one test input; on request, how it differs from the expected one. */
export function TestOutput(props: TestOutputProps) {
  const { taskKey, view, document, slot, test, state, dispatch, comparison, onComparison } = props
  const { mode } = comparison
  const address = addressOf(taskKey, view, '/expected')
  const isShown = comparison.address === address
  const read = useResource(isShown ? address : undefined, () => api.readTaskExpected(taskKey, view))
  const expected = (isShown && read.state !== 'loading' && read.value?.outputs[test]) || undefined
  const output = document.outputs[test] ?? null
  if (output === null) return <p className="hint">No grid for this test input. {document.why_none[test]}.</p>
  const differs = expected !== undefined && !sameGrid(output, expected)
  return (
    <>
      {differs ? (
        <GridDifference
          got={output}
          other={expected}
          gotTitle="Output"
          otherTitle="Expected"
          otherName="the expected output"
          mode={mode}
          cell={planCell([output, expected], slot)}
        />
      ) : (
        <SizedGrid grid={output}>
          <SourceGrid grid={output} label="Model's output" slot={slot} tool={state.tool} dispatch={dispatch} />
        </SizedGrid>
      )}
      <p className="hint" role="status">
        {isShown && describe(read.state === 'failed' ? read.error : undefined, expected, differs)}
      </p>
      {differs && <DifferenceModes mode={mode} onChoose={(next) => onComparison({ ...comparison, mode: next })} />}
      <button
        type="button"
        aria-pressed={isShown}
        title="The outputs of test inputs stay with the server until you ask for them"
        onClick={() => onComparison({ mode, address: isShown ? undefined : address })}
      >
        Compare with the expected output
      </button>
      <button type="button" onClick={() => dispatch({ type: 'load', grid: output, what: "model's output loaded" })}>
        Load into the editor
      </button>
    </>
  )
}

/** What the grids themselves do not say. */
function describe(error: Error | undefined, expected: Grid | undefined, differs: boolean): string {
  if (error) return error.message
  return expected && !differs ? 'The same as the expected output.' : ''
}
