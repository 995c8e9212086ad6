import type { AskingSpecification } from '../runs/specification.ts'
import { refine } from './refine.ts'
import { sample } from './sample.ts'
import type { Solver } from './solver.ts'

/** The one list of solvers. Adding one is its file and its line here. */
const solvers: readonly Solver[] = [sample, refine]

export const solverNames: readonly string[] = solvers.map(({ name }) => name)

/** @throws {RangeError} for a name that a later version may know */
export function findSolver(name: string): Solver {
  const solver = solvers.find((solver) => solver.name === name)
  if (solver === undefined) throw new RangeError(`there is no solver "${name}"; there are ${solverNames.join(', ')}`)
  return solver
}

/** The solver of a run. Where its specification names none, as in all older runs, the number of rounds tells. */
export function nameSolver({ solver, rounds }: Pick<AskingSpecification, 'solver' | 'rounds'>): string {
  return solver ?? (rounds > 1 ? refine : sample).name
}
