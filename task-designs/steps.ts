/** From a cell to its four neighbours by row and column: [down, right]. */
export const straightSteps = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
] as const

export const diagonalSteps = [
  [1, 1],
  [1, -1],
  [-1, -1],
  [-1, 1],
] as const
