import type { Grid } from '../../../src/domain/grids/grid.ts'

export interface BenchProgram {
  readonly name: string
  readonly code: string
  readonly inputs: readonly Grid[]
}

/** The maximum grid size, with blocks in several colours and gaps between them: something to fill and to count. */
const inputs: readonly Grid[] = [2, 3, 5, 7].map((step) =>
  Array.from({ length: 30 }, (_, y) =>
    Array.from({ length: 30 }, (_, x) => {
      const block = Math.floor(y / 3) * step + Math.floor(x / 3) * 4
      return block % 3 === 0 ? 0 : block % 10
    }),
  ),
)

/** With numpy, like nearly all programs of models. The program itself takes the same time in every grader. */
const codes = {
  'numpy flip': `
import numpy as np

def solve(grid):
    return np.flip(np.array(grid), axis=1).tolist()
`,
  'flood fill': `
import numpy as np

def solve(grid):
    cells = np.array(grid)
    outside = np.zeros(cells.shape, dtype=bool)
    outside[[0, -1], :] = outside[:, [0, -1]] = True
    outside &= cells == 0
    while True:
        wider = outside.copy()
        wider[1:] |= outside[:-1]
        wider[:-1] |= outside[1:]
        wider[:, 1:] |= outside[:, :-1]
        wider[:, :-1] |= outside[:, 1:]
        wider &= cells == 0
        if (wider == outside).all():
            break
        outside = wider
    cells[(cells == 0) & ~outside] = 4
    return cells.tolist()
`,
  'connected components': `
import numpy as np

def solve(grid):
    height, width = len(grid), len(grid[0])
    sizes = np.zeros((height, width), dtype=int)
    seen = set()
    for start in np.argwhere(np.array(grid) != 0).tolist():
        if tuple(start) in seen:
            continue
        color, component, stack = grid[start[0]][start[1]], [], [tuple(start)]
        seen.add(tuple(start))
        while stack:
            y, x = stack.pop()
            component.append((y, x))
            for place in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
                if 0 <= place[0] < height and 0 <= place[1] < width and place not in seen:
                    if grid[place[0]][place[1]] == color:
                        seen.add(place)
                        stack.append(place)
        rows, columns = zip(*component)
        sizes[rows, columns] = min(len(component) // 9, 9)
    return sizes.tolist()
`,
}

export const benchPrograms: readonly BenchProgram[] = Object.entries(codes).map(([name, code]) => ({
  name,
  code,
  inputs,
}))
