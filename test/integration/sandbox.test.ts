import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { createSandbox } from '../../src/adapters/sandbox/create-sandbox.ts'
import { noLevels } from '../../src/adapters/sandbox/open-first-zygote.ts'
import type { ProgramRun, Sandbox } from '../../src/adapters/sandbox/sandbox.ts'

jest.setTimeout(120_000)

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await createSandbox({ slots: 1, limits: { cpuMsPerGrid: 300, programCpuMs: 1_200 } })
})

afterAll(() => sandbox.close())

const never = new AbortController().signal

function run(code: string, program: Partial<ProgramRun> = {}) {
  const entryPoints = ['solve_task', 'solve', 'transform']
  return sandbox.run({ code, entryPoints, inputs: [[[1, 2]], [[3, 4]], [[5, 6]]], forks: 'program', ...program }, never)
}

async function listStatuses(code: string, program: Partial<ProgramRun> = {}) {
  const { results } = await run(code, program)
  return results.map(({ status }) => status)
}

async function answerOne(code: string) {
  const { results } = await run(code, { inputs: [[[1, 2]]] })
  return results[0]
}

test('the sandbox knows what it runs', () => {
  expect(sandbox.facts).toMatchObject({
    level: 'bwrap',
    landlock: expect.stringMatching(/^\d+$/),
    python: expect.stringMatching(/^\//),
    pythonVersion: expect.stringMatching(/^3\./),
    numpyVersion: expect.stringMatching(/^\d+\./),
  })
})

describe('an honest program', () => {
  test('answers each input', async () => {
    const { results, printed, maxRssBytes } = await run('def solve_task(grid):\n    return [row[::-1] for row in grid]')
    expect(results).toEqual([
      { status: 'ok', grid: [[2, 1]] },
      { status: 'ok', grid: [[4, 3]] },
      { status: 'ok', grid: [[6, 5]] },
    ])
    expect(printed).toBe('')
    expect(maxRssBytes).toBeGreaterThan(1_000_000)
  })

  test.each([
    ['gets a list of lists', 'def solve(grid): return [[int(type(grid) is list and type(grid[0]) is list)]]', [[1]]],
    [
      'gets an array when its annotation asks',
      'import numpy as np\ndef solve(grid: np.ndarray): return grid.T',
      [[1], [2]],
    ],
    ['gets an array when it fails on a list', 'def solve(grid): return grid[:, ::-1]', [[2, 1]]],
    ['gets its own copy on the second try', 'def solve(grid):\n    grid[0][0] = 7\n    return grid.tolist()', [[7, 2]]],
    [
      'is called by the first name on the list',
      'def transform(g): return [[1]]\ndef solve_task(g): return [[2]]',
      [[2]],
    ],
    ['may answer tuples', 'def solve(grid): return tuple(tuple(row) for row in grid)', [[1, 2]]],
    ['may answer whole floats and truth values', 'def solve(grid): return [[2.0, True]]', [[2, 1]]],
    [
      'may answer rows as arrays',
      'import numpy as np\ndef solve(grid): return [np.int8([3]), [np.int64(4)]]',
      [[3], [4]],
    ],
    [
      'may define data classes',
      'from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\ndef solve(g): return [[A(3).x]]',
      [[3]],
    ],
    ['may import the rest of the library late', 'def solve(g):\n    import difflib, sqlite3\n    return [[1]]', [[1]]],
  ])('%s', async (_, code, grid) => {
    expect(await answerOne(code)).toEqual({ status: 'ok', grid })
  })

  test('has its printing returned, cut and cleaned', async () => {
    const { printed, results } = await run(
      `import sys\ndef solve(grid):\n    print('\\x1b[31mred\\u202e', file=sys.stderr)\n    print('é' * 5000)\n    return grid`,
    )
    expect(results[0]?.status).toBe('ok')
    expect(printed).toMatch(/^\[31mred\né+$/)
    expect(Buffer.byteLength(printed)).toBeLessThanOrEqual(4096)
  })

  test('gives the same answer whenever it is run, though it draws lots', async () => {
    const code =
      'import random, numpy as np\ndef solve(g): return [[random.randrange(10), np.random.randint(10), hash("a") % 10] * 9]'
    expect((await run(code)).results).toEqual((await run(code)).results)
  })
})

describe('a program that raises', () => {
  test('is told type, message and line', async () => {
    expect(await answerOne('def helper():\n    return 1 / 0\n\ndef solve(grid):\n    return helper()')).toEqual({
      status: 'error',
      errorType: 'ZeroDivisionError',
      message: 'division by zero',
      line: 2,
    })
  })

  test('is told where it does not parse', async () => {
    expect(await answerOne('x = 1\ndef solve(grid:')).toMatchObject({
      status: 'error',
      errorType: 'SyntaxError',
      line: 2,
    })
  })

  test('is told about the list it was promised, not about the array it was tried on', async () => {
    expect(await answerOne('def solve(grid):\n    return grid.shape[7]')).toMatchObject({
      errorType: 'AttributeError',
      message: `'list' object has no attribute 'shape'`,
    })
  })

  test('is told which functions were looked for', async () => {
    expect(await answerOne('def other(grid): return grid')).toMatchObject({
      status: 'error',
      message: 'the program defines none of: solve_task, solve, transform',
    })
  })

  test('raises for one input only', async () => {
    expect(
      await listStatuses('def solve(grid): return [[9 // (grid[0][0] - 3)]] if grid[0][0] == 3 else grid'),
    ).toEqual(['ok', 'error', 'ok'])
  })
})

describe('a program that ends early', () => {
  const onThree = (act: string) =>
    `import os, ctypes, time\ndef solve(grid):\n    if grid[0][0] == 3: ${act}\n    return grid`

  test.each([
    ['no-answer', 'os._exit(3)'],
    ['crash', 'ctypes.string_at(0)'],
    ['forbidden', `ctypes.CDLL(None).syscall(425, 1, 0)`],
    ['output-flood', `[os.write(3, bytes(65536)) for _ in range(9)]`],
    ['cpu-timeout', 'exec("while True: pass")'],
    ['wall-timeout', 'time.sleep(1000)'],
    ['memory', 'bytearray(10 ** 12)'],
    ['invalid-output', 'return None'],
  ])('gets %s for the input it was working on, and answers the others', async (verdict, act) => {
    expect(await listStatuses(onThree(act))).toEqual(['ok', verdict, 'ok'])
  })

  test('is not run on what is left when its time is spent', async () => {
    const inputs = [[[1]], [[2]], [[3]], [[4]], [[5]], [[6]]]
    const statuses = await listStatuses('def solve(grid):\n    while True: pass', { inputs })
    expect(statuses).toEqual([...Array(4).fill('cpu-timeout'), 'not-run', 'not-run'])
  })

  test('is not charged for the time of the inputs before', async () => {
    // Each takes 200 of 300 ms, so that one fork cannot serve all three.
    const busy = `import time
def solve(grid):
    until = time.process_time() + 0.2
    while time.process_time() < until: pass
    return grid`
    expect(await listStatuses(busy)).toEqual(['ok', 'ok', 'ok'])
  })
})

test('the time of a program does not begin before the program does', async () => {
  const hasty = await createSandbox({ slots: 1, limits: { cpuMsPerGrid: 1 } })
  try {
    const loop = { code: 'while True: pass', entryPoints: ['solve'], inputs: [[[1]]], forks: 'grid' } as const
    expect((await hasty.run(loop, never)).results).toMatchObject([{ status: 'cpu-timeout' }])
  } finally {
    await hasty.close()
  }
})

describe('forks', () => {
  const counter = 'calls = 0\ndef solve(grid):\n    global calls\n    calls += 1\n    return [[calls]]'

  test('one per program carries state from one input to the next', async () => {
    const { results } = await run(counter, { forks: 'program' })
    expect(results.map((result) => 'grid' in result && result.grid)).toEqual([[[1]], [[2]], [[3]]])
  })

  test('one per grid carries none', async () => {
    const { results } = await run(counter, { forks: 'grid' })
    expect(results.map((result) => 'grid' in result && result.grid)).toEqual([[[1]], [[1]], [[1]]])
  })

  test('nothing at all is a program with no results', async () => {
    expect((await run(counter, { inputs: [] })).results).toEqual([])
  })
})

test('without protection verdicts are the same, and nothing is held back', async () => {
  const unprotected = await createSandbox({ slots: 1, levels: noLevels, limits: { cpuMsPerGrid: 300 } })
  try {
    expect(unprotected).toMatchObject({ facts: { level: 'none', landlock: '0' }, withstood: [] })
    const code = `import os
def solve(grid):
    if grid == [[1]]: return [[1 if os.listdir('/proc') else 0]]
    if grid == [[2]]: raise ValueError('two')
    while True: pass`
    const inputs = [[[1]], [[2]], [[3]]]
    const { results } = await unprotected.run({ code, entryPoints: ['solve'], inputs, forks: 'program' }, never)
    expect(results).toMatchObject([
      { status: 'ok', grid: [[1]] },
      { status: 'error', message: 'two', line: 4 },
      { status: 'cpu-timeout' },
    ])
  } finally {
    await unprotected.close()
  }
})

const hasScipy = spawnSync('/usr/bin/python3', ['-c', 'import scipy.ndimage']).status === 0
const scipyTitle = 'scipy may be imported where the machine has it'

;(hasScipy ? test : test.skip)(hasScipy ? scipyTitle : `${scipyTitle} (skipped: it has none)`, async () => {
  const roomy = await createSandbox({ slots: 1 })
  try {
    const code = `def solve(grid):
    from scipy import ndimage
    return [[ndimage.label(grid)[1]]]`
    const inputs = [[[1, 0, 1]], [[1, 1, 1]]]
    const { results } = await roomy.run({ code, entryPoints: ['solve'], inputs, forks: 'program' }, never)
    expect(results).toEqual([
      { status: 'ok', grid: [[2]] },
      { status: 'ok', grid: [[1]] },
    ])
  } finally {
    await roomy.close()
  }
})
