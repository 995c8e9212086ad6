/*
 * Which function of a program is called. A name alone that a person gave is called whatever it looks like. Else it is the first
 * of the names that were asked for that takes one grid: a helper `solve(board, n)` beside `transform(grid)` is not meant. Then
 * the other names that such a function often has, and at last the program's only function that takes one grid.
 *
 * Answers are searched for programs by the same rule (`entry-rules.ts`), which the sandbox applies to what the program defined
 * when it ran (`zygote.py`).
 */

/** The function a program defines, by the names it may have, in order of preference. The prompt asks for the first. */
export const entryPoints = ['solve_task', 'solve', 'transform'] as const

/** What models call it who were asked for another name. */
export const otherEntryPoints = ['main', 'solution', 'solver', 'solve_grid', 'transform_grid', 'predict', 'p'] as const
