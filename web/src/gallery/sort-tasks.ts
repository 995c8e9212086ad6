import type { SolveRate, SolveRatesDocument, TaskSummary } from '../../../src/api/documents.ts'
import type { TaskSort } from '../address/route.ts'

/** Sorts tasks; those that are equal, or of which nothing is known, keep the order of the catalogue, unknown ones last. */
export function sortTasks(
  tasks: readonly TaskSummary[],
  sort: TaskSort | undefined,
  rates: SolveRatesDocument,
): readonly TaskSummary[] {
  if (sort === undefined) return tasks
  const isDescending = sort.startsWith('-')
  const measure = measures[isDescending ? sort.slice(1) : sort]
  if (!measure) return tasks
  const values = new Map(tasks.map((task) => [task, measure(task, rates)]))
  return tasks.toSorted((a, b) => {
    const [one, other] = [values.get(a), values.get(b)]
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
    return isDescending ? other - one : one - other
  })
}

const measures: Readonly<Record<string, (task: TaskSummary, rates: SolveRatesDocument) => number | undefined>> = {
  size: ({ largest_side: side }) => side,
  pairs: ({ train }) => train,
  runs: ({ key }, { runs }) => shareOf(runs[key]),
  people: ({ key }, { people }) => shareOf(people[key]),
}

function shareOf(rate: SolveRate | undefined): number | undefined {
  return rate && rate[0] / rate[1]
}
