import { lazy, Suspense, useMemo, useState } from 'react'
import type { TaskDocument } from '../../../src/api/documents.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { packTransforms } from '../../../src/domain/grids/transforms/pack-transforms.ts'
import { transformGrid } from '../../../src/domain/grids/transforms/transform-grid.ts'
import { navigate } from '../address/navigate.ts'
import type { Filters, View } from '../address/route.ts'
import { isTouched, visibleGrid } from '../editor/editor-state.ts'
import { Editor } from '../editor/Editor.tsx'
import { planStart } from '../editor/plan-start.ts'
import { useEditor } from '../editor/sessions.ts'
import { SourceGrid } from '../editor/SourceGrid.tsx'
import { heightOf, widthOf } from '../grid/edit-grid.ts'
import { SizedGrid } from '../grid/SizedGrid.tsx'
import { useProgress } from '../parts/hooks/use-catalogue.ts'
import { useCoarsePointer } from '../parts/hooks/use-coarse-pointer.ts'
import { useViewport } from '../parts/hooks/use-viewport.ts'
import { joinClasses } from '../parts/join-classes.ts'
import head from '../parts/SectionHead.module.css'
import { usePerson } from '../preferences/person.ts'
import { Answer } from './answer/Answer.tsx'
import { NextStep } from './answer/NextStep.tsx'
import styles from './Desk.module.css'
import { Demonstrations } from './layout/Demonstrations.tsx'
import { EnlargedPair } from './layout/EnlargedPair.tsx'
import { planLayout, type Layout } from './layout/plan-layout.ts'
import { TestChoice } from './layout/TestChoice.tsx'
import { useEnlarge } from './layout/use-enlarge.ts'
import { useTop } from './layout/use-top.ts'
import { TaskTabs } from './TaskTabs.tsx'
import { VersionBar } from './versions/VersionBar.tsx'

/** Loaded with the first sample that is opened: it brings the highlighter for programs. */
const SamplePanel = lazy(() => import('./sample/SamplePanel.tsx').then((panel) => ({ default: panel.SamplePanel })))

interface DeskProps {
  readonly task: TaskDocument
  /**
   * The view that `task` belongs to, which may be a moment behind `view`: a grid is submitted for the view that it was drawn in.
   */
  readonly drawnFor: View
  /** As in the address. */
  readonly taskKey: string
  readonly view: View
  readonly filters: Filters
}

/** Train pairs, test input and editor of one task. */
export function Desk({ task, drawnFor, taskKey, view, filters }: DeskProps) {
  const viewport = useViewport()
  const test = Math.min(view.test, task.test_inputs.length - 1)
  const input = task.test_inputs[test] ?? noGrid
  const session = `${task.hash}.${test}`
  const person = usePerson()
  const solved = useProgress().views[task.hash]?.map(({ solved_in }) => solved_in !== null) ?? []
  const [carried, setCarried] = useState<Grid>()
  const start = useMemo(() => planStart(task.train, input), [task.train, input])
  const [state, dispatch] = useEditor(session, { start, grid: carried })
  const [desk, above] = useTop<HTMLDivElement>(estimatedTop)
  const isCoarse = useCoarsePointer()
  const hasSample = view.sample !== undefined
  const layout = useMemo(() => {
    const output = findLargest([start, ...task.train.map((pair) => pair.output)])
    return planLayout({ window: viewport, above, train: task.train, testInput: input, output, hasSample, isCoarse })
  }, [viewport, above, task.train, input, start, hasSample, isCoarse])
  // A floating piece counts: people submit what they see.
  const grid = useMemo(() => visibleGrid(state), [state])
  const enlarge = useEnlarge(taskKey, view, filters)
  const [marks, setMarks] = useState<{ readonly of: Grid; readonly cells: ReadonlySet<string> }>()
  const show = (next: View) => {
    setCarried(next.test === view.test ? carryGrid(grid, drawnFor, next) : undefined)
    navigate({ page: 'task', key: taskKey, view: next, filters })
  }
  const testChoice = task.test_inputs.length > 1 && (
    <TestChoice
      count={task.test_inputs.length}
      chosen={test}
      solved={solved}
      onChoose={(index) => show({ ...view, test: index })}
    />
  )
  return (
    <>
      <VersionBar task={task} view={view} onView={show} />
      <div
        ref={desk}
        className={joinClasses(styles.desk, styles[layout.kind])}
        style={{ gridTemplateColumns: renderColumns(layout) }}
      >
        <div className={styles.sources}>
          <Demonstrations
            key={task.hash}
            pairs={task.train}
            layout={layout}
            tool={state.tool}
            dispatch={dispatch}
            onEnlarge={enlarge}
          />
          <section className={styles.testInput} aria-label="Test input">
            <div className={head.head}>
              <h2>Test input</h2>
              {layout.kind !== 'narrow' && testChoice}
            </div>
            <SizedGrid grid={input}>
              <SourceGrid
                key={session}
                grid={input}
                label="Test input"
                slot={layout.testInput}
                tool={state.tool}
                dispatch={dispatch}
              />
            </SizedGrid>
          </section>
        </div>
        {view.sample && (
          <div className={styles.sample}>
            <Suspense fallback={<div className="waiting" aria-busy="true" />}>
              <SamplePanel
                taskKey={taskKey}
                view={view}
                filters={filters}
                sample={view.sample}
                onView={show}
                slot={layout.testInput}
                test={test}
                state={state}
                dispatch={dispatch}
              />
            </Suspense>
          </div>
        )}
        <section className={styles.testOutput} aria-label="Output">
          {layout.kind === 'narrow' && testChoice}
          <Editor
            state={state}
            dispatch={dispatch}
            input={input}
            slot={layout.editor}
            marks={marks?.of === grid ? marks.cells : undefined}
          />
          {task.known_outputs[test] ? (
            <Answer
              key={session}
              taskKey={taskKey}
              view={drawnFor}
              hash={task.hash}
              test={test}
              grid={grid}
              isTouched={isTouched(state)}
              person={person}
              next={
                <NextStep
                  taskKey={taskKey}
                  filters={filters}
                  test={test}
                  solved={solved}
                  view={view}
                  onShow={show}
                  count={task.test_inputs.length}
                />
              }
              onMarks={(cells) => setMarks({ of: grid, cells })}
            />
          ) : (
            <p className="hint">No solution is known for this test input.</p>
          )}
        </section>
      </div>
      {view.enlarged !== undefined && task.train[view.enlarged] && (
        <EnlargedPair pairs={task.train} index={view.enlarged} tool={state.tool} dispatch={dispatch} onShow={enlarge} />
      )}
      <TaskTabs task={task} taskKey={taskKey} view={view} filters={filters} />
    </>
  )
}

/** A task always has test inputs. */
const noGrid: Grid = []

/** Of everything above the desk, until it is measured. */
const estimatedTop = 140

function renderColumns({ kind, panel, testInput, editor }: Layout): string | undefined {
  if (kind === 'narrow') return undefined
  return [panel, ...(kind === 'beside' ? [testInput.width] : []), editor.width].map((width) => `${width}px`).join(' ')
}

function findLargest(grids: readonly Grid[]): Grid {
  return grids.reduce((largest, grid) =>
    Math.max(heightOf(grid), widthOf(grid)) > Math.max(heightOf(largest), widthOf(largest)) ? grid : largest,
  )
}

/**
 * Transforms the person's grid when they add transforms that change grids: several at once, if they are quicker than the server.
 */
function carryGrid(grid: Grid, from: View, to: View): Grid | undefined {
  const [beginning, added] = [to.steps.slice(0, from.steps.length), to.steps.slice(from.steps.length)]
  const isOnTop = from.version === to.version && packTransforms(beginning) === packTransforms(from.steps)
  if (!isOnTop || added.length === 0 || added.some(({ kind }) => kind === 'swap')) return undefined
  return added.reduce(transformGrid, grid)
}
