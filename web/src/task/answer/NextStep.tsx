import { Link } from '../../address/Link.tsx'
import { plainView, type Filters, type View } from '../../address/route.ts'
import { useSolved } from '../../parts/hooks/use-catalogue.ts'
import { useNeighbours } from '../use-neighbours.ts'

interface NextStepProps {
  readonly taskKey: string
  readonly filters: Filters
  readonly view: View
  /** The test input that was just solved, from 0. */
  readonly test: number
  readonly count: number
  /** For each test input. */
  readonly solved: readonly boolean[]
  readonly onShow: (view: View) => void
}

/** The next step after a right answer: the task's next unsolved test input, else the next unsolved task of the list. */
export function NextStep({ taskKey, filters, view, test, count, solved, onShow }: NextStepProps) {
  const solvedTasks = useSolved()
  const { tasks, at } = useNeighbours(taskKey, filters)
  const open = listAfter([...Array(count).keys()], test).find((index) => !solved[index])
  if (open !== undefined) {
    return (
      <button type="button" className="link" onClick={() => onShow({ ...view, test: open })}>
        Test {open + 1} →
      </button>
    )
  }
  const next = listAfter(tasks, at).find(({ key }) => key !== taskKey && !solvedTasks.has(key))
  if (!next) return null
  return <Link to={{ page: 'task', key: next.key, view: plainView, filters }}>Next unsolved →</Link>
}

/** The others in list order, from the one after `at`, wrapping round to the one before it. */
function listAfter<Value>(list: readonly Value[], at: number): Value[] {
  return [...list.slice(at + 1), ...list.slice(0, Math.max(0, at))]
}
