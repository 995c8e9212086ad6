/** The function a program defines, by the names it may have, in order of preference. The prompt asks for the first. */
export const entryPoints = ['solve_task', 'solve', 'transform'] as const
