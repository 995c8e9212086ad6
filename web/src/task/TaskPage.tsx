import { useMemo, useState } from 'react'
import type { TaskDocument } from '../../../src/api/documents.ts'
import type { Grid } from '../../../src/domain/grid.ts'
import { transformGrid } from '../../../src/domain/transforms/transform-grid.ts'
import { Link } from '../address/Link.tsx'
import { navigate } from '../address/navigate.ts'
import { plainView, type Filters, type View } from '../address/route.ts'
import { addressOf, api } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { useCatalogue, useProgress } from '../data/use-catalogue.ts'
import { Editor } from '../editor/Editor.tsx'
import { useEditor } from '../editor/sessions.ts'
import { SizedGrid, renderSize } from '../grid/SizedGrid.tsx'
import { SourceGrid } from '../grid/SourceGrid.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useViewport } from '../parts/use-viewport.ts'
import { usePerson } from '../preferences/person.ts'
import { Answer } from './Answer.tsx'
import { AttemptPanel } from './AttemptPanel.tsx'
import { Demonstrations } from './Demonstrations.tsx'
import { planLayout } from './plan-layout.ts'
import { TaskBar } from './TaskBar.tsx'
import { TracesPanel } from './TracesPanel.tsx'
import { VersionPanel } from './VersionPanel.tsx'

interface TaskPageProps {
  readonly taskKey: string
  readonly view: View
  readonly filters: Filters
}

export function TaskPage({ taskKey, view, filters }: TaskPageProps) {
  const task = useResource(addressOf(taskKey, view), () => api.readTask(taskKey, view))
  useTitle(taskKey)
  const value = useLast(taskKey, task.state === 'loading' ? undefined : task.value, task.state === 'loading')
  return (
    <main className="task" id="main">
      <TaskBar taskKey={taskKey} places={value?.places} filters={filters} />
      {value ? (
        <Desk task={value} taskKey={taskKey} view={view} filters={filters} />
      ) : task.state === 'failed' ? (
        <NotShown taskKey={taskKey} error={task.error} />
      ) : (
        <div className="desk waiting" aria-busy="true" />
      )}
    </main>
  )
}

/** An address of old may name an id that several tasks have now. */
function NotShown({ taskKey, error }: { readonly taskKey: string; readonly error: Error }) {
  const catalogue = useCatalogue()
  const tasks = catalogue.state === 'loading' ? [] : (catalogue.value?.tasks ?? [])
  return (
    <section className="message">
      <h2>This task cannot be shown</h2>
      <p role="alert">{error.message}</p>
      <ul>
        {tasks
          .filter((task) => task.task_id === taskKey && task.key !== taskKey)
          .map(({ key, places }) => (
            <li key={key}>
              <Link to={{ page: 'task', key, view: plainView, filters: {} }}>{key}</Link>{' '}
              {places.map(({ dataset, split }) => `${dataset} · ${split}`).join(', ')}
            </li>
          ))}
      </ul>
      <Link to={{ page: 'gallery', filters: {} }}>All tasks</Link>
    </section>
  )
}

/** While another view of the same task is on its way, the last one stays: it is a matter of milliseconds. */
function useLast(key: string, value: TaskDocument | undefined, isLoading: boolean): TaskDocument | undefined {
  const [last, setLast] = useState<{ readonly key: string; readonly value: TaskDocument }>()
  if (value && value !== last?.value) setLast({ key, value })
  return value ?? (isLoading && last?.key === key ? last.value : undefined)
}

/** Train pairs, test input and editor of one task. */
function Desk({ task, taskKey, view, filters }: TaskPageProps & { readonly task: TaskDocument }) {
  const viewport = useViewport()
  const layout = useMemo(() => planLayout(viewport, task.train.length), [viewport, task.train.length])
  const test = Math.min(view.test, task.test_inputs.length - 1)
  const input = task.test_inputs[test] ?? []
  const session = `${task.hash}.${test}`
  const person = usePerson()
  const solved = useProgress().views[task.hash]?.map(({ solved_in }) => solved_in !== null) ?? []
  const [carried, setCarried] = useState<Grid>()
  const [state, dispatch] = useEditor(session, carried)
  const [marks, setMarks] = useState<{ readonly of: Grid; readonly cells: ReadonlySet<string> }>()
  const show = (next: View) => {
    setCarried(carryGrid(state.grid, view, next))
    navigate({ page: 'task', key: taskKey, view: next, filters })
  }
  return (
    <>
      <div className={`desk ${layout.kind}`}>
        <Demonstrations pairs={task.train} layout={layout} tool={state.tool} dispatch={dispatch} />
        <section className="test" aria-label="Test">
          <div className="test-input" style={{ width: layout.testInput.width }}>
            <div className="test-head">
              <h2>Test input</h2>
              {task.test_inputs.length > 1 && (
                <TestChoice
                  count={task.test_inputs.length}
                  chosen={test}
                  solved={solved}
                  onChoose={(index) => show({ ...view, test: index })}
                />
              )}
            </div>
            <SizedGrid grid={input}>
              <SourceGrid
                grid={input}
                label="Test input"
                slot={layout.testInput}
                tool={state.tool}
                dispatch={dispatch}
              />
            </SizedGrid>
            {view.attempt && (
              <AttemptPanel
                taskKey={taskKey}
                view={view}
                attempt={view.attempt}
                onView={show}
                slot={layout.testInput}
                test={test}
                state={state}
                dispatch={dispatch}
              />
            )}
            {layout.kind === 'wide' && <VersionPanel task={task} view={view} onView={show} />}
          </div>
          <div className="test-output" style={{ width: layout.editor.width }}>
            <div className="test-head">
              <h2>Your output</h2>
              <span className="size">{renderSize(state.grid)}</span>
            </div>
            <Editor
              state={state}
              dispatch={dispatch}
              input={input}
              slot={layout.editor}
              marks={marks?.of === state.grid ? marks.cells : undefined}
            />
            <Answer
              key={session}
              taskKey={taskKey}
              view={view}
              hash={task.hash}
              test={test}
              grid={state.grid}
              person={person}
              onMarks={(cells) => setMarks({ of: state.grid, cells })}
            />
          </div>
        </section>
      </div>
      {layout.kind !== 'wide' && <VersionPanel task={task} view={view} onView={show} />}
      <TracesPanel taskKey={taskKey} versions={task.versions} view={view} />
    </>
  )
}

/** What somebody drew goes along when they add a transform that changes grids. */
function carryGrid(grid: Grid, from: View, to: View): Grid | undefined {
  const added = to.steps.at(-1)
  const isAdded = from.version === to.version && to.steps.length === from.steps.length + 1
  if (!isAdded || added === undefined || added.kind === 'swap') return undefined
  return transformGrid(grid, added)
}

interface TestChoiceProps {
  readonly count: number
  readonly chosen: number
  /** Of each test input. */
  readonly solved: readonly boolean[]
  readonly onChoose: (index: number) => void
}

function TestChoice({ count, chosen, solved, onChoose }: TestChoiceProps) {
  return (
    <div className="test-choice" role="group" aria-label={`Test input ${chosen + 1} of ${count}`}>
      {Array.from({ length: count }, (_, index) => (
        <button key={index} type="button" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
          {index + 1}
          {solved[index] && (
            <span className="solved-mark" title="Solved by you">
              ✓<span className="visually-hidden"> solved</span>
            </span>
          )}
        </button>
      ))}
      <span className="size">
        {chosen + 1} of {count}
      </span>
    </div>
  )
}
