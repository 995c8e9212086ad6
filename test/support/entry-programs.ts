/**
 * Programs with the name of the function that is called; undefined when there is none. The search in answers and the sandbox
 * follow one rule, and both are tested with these.
 */
export const entryPrograms: readonly (readonly [what: string, code: string, called: string | undefined])[] = [
  ['main', 'def main(grid):\n    return grid', 'main'],
  ['solution', 'def size(a, b):\n    return 1\n\n\ndef solution(grid):\n    return grid', 'solution'],
  ['a usual name among others', 'def flip(g):\n    return g\ndef predict(g):\n    return flip(g)\n', 'predict'],
  ['a lambda by a usual name', 'solver = lambda grid: grid', 'solver'],
  ['a usual name for another function', 'def f(g, n=1): return g\ndef h(g): return g\nmain = f', 'main'],
  ['the only function', 'import numpy as np\n\ndef solve_arc_task(grid):\n    return grid', 'solve_arc_task'],
  ['the only one that takes one grid', 'def size(a, b): return 1\ndef run(grid, n=2): return grid', 'run'],
  ['one that takes any number', 'def size(a, b): return 1\ndef p(*grids): return grids[0]', 'p'],
  [
    'one over several lines',
    'def rule(\n    grid: list[list[int]],  # (rows, cells)\n    sep="),",\n):\n    return grid',
    'rule',
  ],
  ['one that is defined twice', 'def rule(g): return 1\ndef rule(g): return g', 'rule'],
  ['one beside another in a text', '"""\ndef other(grid):\n    pass\n"""\ndef rule(grid): return grid', 'rule'],
  ['one beside a class', 'class A:\n    def f(grid):\n        pass\n\ndef rule(grid): return A', 'rule'],
  ['no main that takes nothing', 'def main():\n    print(1)\ndef rule(grid): return grid', 'rule'],
  ['two equally good ones', 'def flip(g): return g\ndef turn(g): return g', undefined],
  ['a class alone', 'class Solver:\n    def solve(self, grid):\n        return grid', undefined],
  ['functions of two grids', 'def paint(grid, colour): return grid', undefined],
  ['one whose other argument is needed by name', 'def rule(grid, *, n): return grid', undefined],
  ['functions of nothing', 'def main():\n    print(1)', undefined],
  ['a solution that is no function', 'solution = [[1, 2], [3, 4]]', undefined],
  ['statements', 'grid = [[1]]\nprint(grid)', undefined],
  ['a function inside another', 'if True:\n    x = 1\nfor n in range(2):\n    pass', undefined],
]
