import type { TaskDocument } from '../../../src/api/documents.ts'
import { Link } from '../address/Link.tsx'
import type { Filters, View } from '../address/route.ts'
import { api, taskSampleAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { ProgramEditor } from './ProgramEditor.tsx'

interface ProgramTabProps {
  readonly task: TaskDocument
  /** As in the address. */
  readonly taskKey: string
  readonly view: View
  readonly filters: Filters
  /** Called when the program has been put into the draft of a trace. */
  readonly onTrace: () => void
}

const emptyProgram = 'def solve(grid):\n    # grid is a list of rows; cells are integers from 0 to 9\n    return grid\n'

/** A place to write a program for the task: one's own, or beginning with that of a sample. */
export function ProgramTab(props: ProgramTabProps) {
  const { taskKey, view, filters } = props
  if (view.sample === undefined || view.program !== 'sample')
    return <ProgramEditor key={taskKey} {...props} draft={`program.${taskKey}`} initial={emptyProgram} />
  const { program: _, ...own } = view
  return (
    <>
      <p>
        This began as the program of sample {view.sample.index + 1} of {view.sample.run}.{' '}
        <Link to={{ page: 'task', key: taskKey, view: own, filters }}>Your own program</Link>
      </p>
      <OfSample {...props} sample={view.sample} />
    </>
  )
}

function OfSample(props: ProgramTabProps & { readonly sample: NonNullable<View['sample']> }) {
  const { taskKey, view, sample } = props
  const { run, index } = sample
  const read = useResource(taskSampleAddress(taskKey, view, run, index), () =>
    api.readTaskSample(taskKey, view, sample),
  )
  if (read.state === 'loading') return <div className="waiting" aria-busy="true" />
  if (!read.value) return <p role="alert">{read.state === 'failed' && read.error.message}</p>
  const { rounds, chosen } = read.value
  const program = rounds[chosen]?.program ?? null
  if (program === null) return <p className="notice">This sample has no program.</p>
  const draft = `program.${taskKey}.${run}.${index}`
  return <ProgramEditor key={draft} {...props} draft={draft} initial={program} takesFocus />
}
