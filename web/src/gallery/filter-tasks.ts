import type { SolvedDocument, TaskSummary } from '../../../src/api/documents.ts'
import type { Filters, Range } from '../address/route.ts'

/** What filters need to know besides the tasks. */
export interface FilterFacts {
  /** Keys of the tasks that the person has solved. */
  readonly solved: ReadonlySet<string>
  /** What the run named by the filters solved. */
  readonly byRun?: SolvedDocument | undefined
}

/** The tasks that match the filters, in the catalogue's order. */
export function filterTasks(
  tasks: readonly TaskSummary[],
  filters: Filters,
  { solved, byRun }: FilterFacts,
): readonly TaskSummary[] {
  const { search = '', dataset, split, side, pairs, solved: wanted, by, with: contents = [] } = filters
  const words = search.trim().toLowerCase()
  const ofRun = by && new Set(by.solved ? byRun?.solved : byRun?.unsolved)
  return tasks.filter(
    (task) =>
      (words === '' || task.key.toLowerCase().includes(words)) &&
      ((dataset === undefined && split === undefined) ||
        task.places.some(
          (place) =>
            (dataset === undefined || place.dataset === dataset) && (split === undefined || place.split === split),
        )) &&
      isWithin(task.largest_side, side) &&
      isWithin(task.train, pairs) &&
      (wanted === undefined || solved.has(task.key) === (wanted === 'yes')) &&
      (ofRun === undefined || ofRun.has(task.key)) &&
      contents.every((content) => task[content] > 0),
  )
}

function isWithin(value: number, range: Range | undefined): boolean {
  return range === undefined || (value >= range[0] && value <= range[1])
}

/** The options of the gallery's selects: datasets, and the splits of the chosen one. */
export function listPlaces(tasks: readonly TaskSummary[], dataset: string | undefined) {
  const places = tasks.flatMap((task) => task.places)
  return {
    datasets: countBy(places.map((place) => place.dataset)),
    splits: countBy(
      places.filter((place) => dataset === undefined || place.dataset === dataset).map(({ split }) => split),
    ),
  }
}

function countBy(names: readonly string[]): (readonly [name: string, count: number])[] {
  return [...Map.groupBy(names, (name) => name)].map(([name, same]) => [name, same.length] as const)
}

/** The task for an id, the start of an id, or a number in the list, counted from 1. */
export function findMeant(tasks: readonly TaskSummary[], text: string): TaskSummary | undefined {
  const words = text.trim().toLowerCase()
  if (words === '') return undefined
  const number = /^#?(\d{1,5})$/.exec(words)?.[1]
  return (
    tasks.find(({ key }) => key.toLowerCase() === words) ??
    tasks.find(({ task_id }) => task_id.toLowerCase() === words) ??
    (number === undefined ? undefined : tasks[Number(number) - 1]) ??
    tasks.find(({ key }) => key.toLowerCase().startsWith(words)) ??
    tasks.find(({ key }) => key.toLowerCase().includes(words))
  )
}
