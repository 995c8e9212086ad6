/** Symbols that things are drawn in, where 0 is the ground and 5 is what walls and lines are made of. */
export const inks: readonly number[] = [1, 2, 3, 4, 6, 7, 8, 9]
