import { orderByConfidence } from '../../../src/baseline/search.ts'
import { sameGrid } from '../../../src/domain/grids/grid.ts'
import type { Task } from '../../../src/domain/tasks/task.ts'
import type { Search, SearchedCandidate } from './solver-thread.ts'

export interface SolverSummary {
  readonly tasks: number
  /** Tasks whose test outputs are all among the first one or two answers. */
  readonly solved: { readonly one: number; readonly two: number }
  readonly cpuMs: { readonly p50: number; readonly p90: number; readonly max: number }
  /** Operations in the order in which they add most tasks to those before them, within two attempts. */
  readonly operations: readonly { readonly name: string; readonly adds: number; readonly total: number }[]
  /** By the cost of the first answer: how many searches had it, and how many of those were right. */
  readonly confidence: readonly {
    readonly from: number
    readonly below: number
    readonly tasks: number
    readonly right: number
  }[]
  readonly solvedTaskIds: readonly string[]
}

const costMarks = [0, 6, 10, 15, 20, 25, 35, Infinity]

export function summarizeSearches(tasks: readonly Task[], searches: readonly Search[]): SolverSummary {
  const rows = tasks.map((task, index) => ({ task, search: searches[index] ?? { cpuMs: 0, candidates: [] } }))
  const solvedIn = (attempts: number) =>
    rows.filter(({ task, search }) => isSolved(task, search.candidates.slice(0, attempts)))
  const cpu = rows.map(({ search }) => search.cpuMs).sort((a, b) => a - b)
  const at = (share: number) => cpu[Math.min(cpu.length - 1, Math.floor(share * cpu.length))] ?? 0
  return {
    tasks: tasks.length,
    solved: { one: solvedIn(1).length, two: solvedIn(2).length },
    cpuMs: { p50: at(0.5), p90: at(0.9), max: at(1) },
    operations: addOperations(rows),
    confidence: costMarks.slice(0, -1).map((from, mark) => {
      const below = costMarks[mark + 1] ?? Infinity
      const those = rows.filter(({ search: { candidates } }) => {
        const [first] = candidates
        return first?.fit === 1 && first.cost >= from && first.cost < below
      })
      const right = those.filter(({ task, search }) => isSolved(task, search.candidates.slice(0, 1))).length
      return { from, below, tasks: those.length, right }
    }),
    solvedTaskIds: solvedIn(2).map(({ task }) => task.taskId),
  }
}

function isSolved({ test }: Task, attempts: readonly SearchedCandidate[]): boolean {
  return test.every(({ output }, index) =>
    attempts.some(({ outputs }) => {
      const got = outputs[index]
      return got && sameGrid(got, output)
    }),
  )
}

/** Greedy, over what the full search found: each time the operation that solves most tasks together with those before it. */
function addOperations(rows: readonly { readonly task: Task; readonly search: Search }[]) {
  const remaining = new Set(rows.flatMap(({ search }) => search.candidates.flatMap(({ operations }) => operations)))
  const taken = new Set<string>()
  const count = (name: string) =>
    rows.filter(({ task, search }) => {
      const allowed = search.candidates.filter(
        ({ operations, fit }) =>
          fit === 1 && operations.every((operation) => operation === name || taken.has(operation)),
      )
      return isSolved(task, orderByConfidence(allowed).slice(0, 2))
    }).length
  const added: { name: string; adds: number; total: number }[] = []
  while (remaining.size > 0) {
    let best = { name: '', total: -1 }
    for (const name of remaining) {
      const total = count(name)
      if (total > best.total) best = { name, total }
    }
    remaining.delete(best.name)
    taken.add(best.name)
    added.push({ ...best, adds: best.total - (added.at(-1)?.total ?? 0) })
  }
  return added
}

export function renderSolverReport({ tasks, solved, cpuMs, operations, confidence }: SolverSummary): string {
  const share = (part: number, of: number) => (of === 0 ? '' : `${((100 * part) / of).toFixed(1)}%`)
  return [
    `${tasks} tasks; solved with one attempt ${solved.one} (${share(solved.one, tasks)}), with two ${solved.two} (${share(solved.two, tasks)})`,
    `CPU per search: p50 ${cpuMs.p50.toFixed(0)} ms, p90 ${cpuMs.p90.toFixed(0)} ms, max ${cpuMs.max.toFixed(0)} ms`,
    '',
    'Operations, greedily: each time the one that adds most to those above it',
    ...operations.map(({ name, adds, total }) => `  ${name.padEnd(20)} +${String(adds).padStart(3)}  ${total}`),
    '',
    'Cost of the first answer that fits: how often it is right',
    ...confidence.map(
      ({ from, below, tasks, right }) =>
        `  ${String(from).padStart(3)} to ${String(below).padEnd(8)} ${String(right).padStart(4)} of ${String(tasks).padStart(4)}  ${share(right, tasks)}`,
    ),
  ].join('\n')
}
