/*
 * Which function of a program is called. A name given by a person is called whatever its arguments. Otherwise it is the first
 * of the requested names that takes one grid: a helper `solve(board, n)` beside `transform(grid)` is not meant; then
 * the other names that such a function often has; and last, the program's only function that takes one grid.
 *
 * Answers are searched for programs by the same rule (`entry-rules.ts`); the sandbox applies it to what the program defined
 * when it ran (`zygote.py`).
 */

/** The possible names of a program's function, in order of preference. The prompt asks for the first. */
export const entryPoints = ['solve_task', 'solve', 'transform'] as const

/** Names that models use although asked for another. */
export const otherEntryPoints = ['main', 'solution', 'solver', 'solve_grid', 'transform_grid', 'predict', 'p'] as const
