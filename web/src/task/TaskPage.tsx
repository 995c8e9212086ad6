import { useState } from 'react'
import type { TaskDocument } from '../../../src/api/documents.ts'
import { Link } from '../address/Link.tsx'
import { navigate } from '../address/navigate.ts'
import type { Filters, View } from '../address/route.ts'
import { addressOf, api } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { Editor } from '../editor/Editor.tsx'
import { useEditor } from '../editor/sessions.ts'
import { SizedGrid, renderSize } from '../grid/SizedGrid.tsx'
import { SourceGrid } from '../grid/SourceGrid.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useViewport } from '../parts/use-viewport.ts'
import { Answer } from './Answer.tsx'
import { Demonstrations } from './Demonstrations.tsx'
import { planLayout } from './plan-layout.ts'
import { TaskBar } from './TaskBar.tsx'

interface TaskPageProps {
  readonly taskKey: string
  readonly view: View
  readonly filters: Filters
}

export function TaskPage({ taskKey, view, filters }: TaskPageProps) {
  const task = useResource(addressOf(taskKey, view), () => api.readTask(taskKey, view))
  useTitle(taskKey)
  const value = task.state === 'loading' ? undefined : task.value
  return (
    <main className="task" id="main">
      <TaskBar taskKey={taskKey} places={value?.places} filters={filters} />
      {value ? (
        <Desk task={value} taskKey={taskKey} view={view} filters={filters} />
      ) : task.state === 'failed' ? (
        <section className="message">
          <h2>This task cannot be shown</h2>
          <p role="alert">{task.error.message}</p>
          <Link to={{ page: 'gallery', filters: { search: taskKey } }}>Look for it among all tasks</Link>
        </section>
      ) : (
        <div className="desk waiting" aria-busy="true" />
      )}
    </main>
  )
}

/** Train pairs, test input and editor of one task. */
function Desk({ task, taskKey, view, filters }: TaskPageProps & { readonly task: TaskDocument }) {
  const layout = planLayout(useViewport(), task.train.length)
  const test = Math.min(view.test, task.test_inputs.length - 1)
  const input = task.test_inputs[test] ?? []
  const session = `${task.hash}.${test}`
  const [state, dispatch] = useEditor(session)
  const [marks, setMarks] = useState<{ readonly of: unknown; readonly cells: ReadonlySet<string> }>()
  return (
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
                onChoose={(index) => navigate({ page: 'task', key: taskKey, view: { ...view, test: index }, filters })}
              />
            )}
          </div>
          <SizedGrid grid={input}>
            <SourceGrid grid={input} label="Test input" slot={layout.testInput} tool={state.tool} dispatch={dispatch} />
          </SizedGrid>
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
            test={test}
            grid={state.grid}
            person=""
            onMarks={(cells) => setMarks(cells && { of: state.grid, cells })}
          />
        </div>
      </section>
    </div>
  )
}

interface TestChoiceProps {
  readonly count: number
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

function TestChoice({ count, chosen, onChoose }: TestChoiceProps) {
  return (
    <div className="test-choice" role="group" aria-label={`Test input ${chosen + 1} of ${count}`}>
      {Array.from({ length: count }, (_, index) => (
        <button key={index} type="button" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
          {index + 1}
        </button>
      ))}
      <span className="size">
        {chosen + 1} of {count}
      </span>
    </div>
  )
}
