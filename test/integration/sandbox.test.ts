import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createSandbox } from '../../src/adapters/sandbox/create-sandbox.ts'
import { noLevels } from '../../src/adapters/sandbox/open-first-zygote.ts'
import type { ProgramRun, Sandbox } from '../../src/adapters/sandbox/sandbox.ts'
import { entryPoints } from '../../src/domain/runs/entry-points.ts'
import { chooseLimits } from '../../src/domain/runs/program-limits.ts'
import { closeAfterEach } from '../support/close-after-each.ts'
import { entryPrograms } from '../support/entry-programs.ts'
import { spin } from '../support/spin.ts'

const closeAfter = closeAfterEach()

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await createSandbox({ slots: 1, limits: { cpuMsPerGrid: 300, programCpuMs: 1_200 } })
})

afterAll(() => sandbox.close())

const never = new AbortController().signal

function run(code: string, program: Partial<ProgramRun> = {}) {
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

test('the sandbox knows its interpreter', () => {
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
      'gets an array when its annotation asks for one',
      'import numpy as np\ndef solve(grid: np.ndarray): return grid.T',
      [[1], [2]],
    ],
    [
      'is called by the first name on the list',
      'def transform(g): return [[1]]\ndef solve_task(g): return [[2]]',
      [[2]],
    ],
    ['may answer tuples', 'def solve(grid): return tuple(tuple(row) for row in grid)', [[1, 2]]],
    ['may answer whole floats and booleans', 'def solve(grid): return [[2.0, True]]', [[2, 1]]],
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

  test('has its printed text returned, cut and cleaned', async () => {
    const { printed, results } = await run(
      `import sys\ndef solve(grid):\n    print('\\x1b[31mred\\u202e', file=sys.stderr)\n    print('é' * 5000)\n    return grid`,
    )
    expect(results[0]?.status).toBe('ok')
    expect(printed).toMatch(/^\[31mred\né+$/)
    expect(Buffer.byteLength(printed)).toBeLessThanOrEqual(4096)
  })

  test('gets arrays when asked to', async () => {
    const { results, gridsAs } = await run('def solve(grid): return grid[:, ::-1]', { gridsAs: 'array' })
    expect(results[0]).toEqual({ status: 'ok', grid: [[2, 1]] })
    expect(gridsAs).toBe('array')
  })
})

describe('the function called is', () => {
  const called = async (code: string, entryPoints?: readonly string[]) => {
    const report = await run(code, { inputs: [[[1, 2]]], ...(entryPoints && { entryPoints }) })
    const [result] = report.results
    return result?.status === 'ok' ? [report.called, result.grid] : result
  }

  test.each([
    [
      'the first name that takes one grid',
      'def solve(g): return [[1]]\ndef solve_task(g): return [[2]]',
      'solve_task',
      2,
    ],
    [
      'not a helper with a standard name that takes more arguments',
      'def solve(board, n): return [[1]]\ndef transform(grid): return [[2]]',
      'transform',
      2,
    ],
    ['one whose other arguments have defaults', 'def solve(grid, n=2, *, m=3): return [[n]]', 'solve', 2],
    ['main', 'def helper(a, b): return a\ndef main(grid): return [[2]]', 'main', 2],
    ['not a main without arguments', 'def main(): print(rule([[1]]))\ndef rule(grid): return [[2]]', 'rule', 2],
    [
      'the only function that takes one grid',
      'def size(a, b): return 1\ndef my_rule(grid): return [[2]]',
      'my_rule',
      2,
    ],
    ['not an imported one', 'from math import sqrt\nfrom copy import copy\ndef f(grid): return [[2]]', 'f', 2],
    ['a lambda with a standard name', 'transform = lambda grid: [[2]]', 'transform', 2],
    [
      'a decorated function',
      'import functools\n@functools.lru_cache\ndef f(x): return x\ndef solve(g): return [[f(2)]]',
      'solve',
      2,
    ],
  ])('%s', async (_, code, name, symbol) => {
    expect(await called(code)).toEqual([name, [[symbol]]])
  })

  test.each(entryPrograms)('the one that the search in answers finds, too: %s', async (_, code, name) => {
    const report = await run(code, { inputs: [[[1, 2]]], entryPoints })
    if (name !== undefined) expect(report.called).toBe(name)
    else
      expect(report.results[0]).toMatchObject({
        errorType: 'NameError',
        message: expect.stringMatching(/^there is no /),
      })
  })

  test('the one that was asked for, whatever its arguments', async () => {
    expect(await called('def solve(g): return [[1]]\ndef mine(a, b): return [[2]]', ['mine'])).toMatchObject({
      status: 'error',
      errorType: 'TypeError',
      message: expect.stringContaining("missing 1 required positional argument: 'b'"),
    })
  })

  test.each([
    ['def a(grid): return grid\ndef b(grid): return grid', undefined, 'the program defines a(grid), b(grid)'],
    ['def solve(board, n): return board', undefined, 'the program defines solve(board, n)'],
    ['x = 1', undefined, 'the program defines no function'],
    ['def solve(grid): return grid', ['rule'], 'there is no rule; the program defines solve(grid)'],
  ])('none of %j with %j, and the error lists those defined', async (code, entryPoints, words) => {
    expect(await called(code, entryPoints)).toMatchObject({
      errorType: 'NameError',
      message: expect.stringContaining(words),
    })
  })
})

describe('time and randomness', () => {
  const looks: Readonly<Record<string, string>> = {
    'the time of day': 'int(time.time()) // 86400 % 10',
    'the date': 'datetime.datetime.now().year % 10',
    "numpy's time": 'int(str(np.datetime64("now"))[3])',
    'a counter': 'time.perf_counter_ns() // 100_000 % 10',
    'the CPU time it used': 'time.process_time_ns() // 100_000 % 10',
    'the resources it used': 'int(sum(os.times()[:2]) + resource.getrusage(resource.RUSAGE_SELF).ru_utime)',
    'libc itself': 'ctypes.CDLL(None).time(None) // 86400 % 10',
    'a lot of Python': 'random.randrange(10)',
    'a lot of numpy': 'int(np.random.default_rng().integers(10))',
    'a lot of the system': 'os.urandom(1)[0] % 10',
    'a random name': 'uuid.uuid4().int % 10',
    'the order of a set': 'int(min(enumerate({"a", "b", "c"}), key=lambda pair: pair[1])[0])',
  }
  const code = (looks: readonly string[]) =>
    `import ctypes, datetime, os, random, resource, time, uuid\nimport numpy as np\ndef solve(grid): return [[${looks.join(', ')}]]`

  test.each(Object.entries(looks))('%s is the same in every run', async (_, look) => {
    const first = await run(code([look]), { forks: 'grid' })
    expect(first.results[0]?.status).toBe('ok')
    const other = await closeAfter(createSandbox({ slots: 1, levels: ['landlock'] }))
    const program = {
      code: code([look]),
      entryPoints: ['solve'],
      inputs: [[[1]], [[2]], [[3]]],
      forks: 'grid',
    } as const
    expect((await other.run(program, never)).results).toEqual(first.results)
  })

  test('differ when a program is tested for depending on them', async () => {
    const all = code(Object.values(looks).filter((look) => !look.includes('{')))
    const [usual, other] = [await run(all), await run(all, { chance: 'other' })]
    expect(other.results[0]?.status).toBe('ok')
    expect(other.results).not.toEqual(usual.results)
  })

  test('start anew for each grid', async () => {
    const { results } = await run('import time\ndef solve(grid): return [[time.time_ns() // 100_000 % 10] * 2]')
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1)
  })

  test('advance a little with every look, so that waiting for a moment ends', async () => {
    const wait =
      'import time\ndef solve(grid):\n    end = time.time() + 0.01\n    while time.time() < end: pass\n    return grid'
    expect(await listStatuses(wait)).toEqual(['ok', 'ok', 'ok'])
  })

  test('sleeping takes no time, and advances the clock', async () => {
    const sleep = `import threading, time
def solve(grid):
    start = time.time()
    time.sleep(1000)
    threading.Event().wait(1000)
    return [[int(time.time() - start) // 1000]]`
    const report = await run(sleep)
    expect(report.results[0]).toEqual({ status: 'ok', grid: [[1]] })
  })
})

describe('a program that raises', () => {
  test('is reported with type, message and line', async () => {
    expect(await answerOne('def helper():\n    return 1 / 0\n\ndef solve(grid):\n    return helper()')).toEqual({
      status: 'error',
      errorType: 'ZeroDivisionError',
      message: 'division by zero',
      line: 2,
    })
  })

  test('is reported at the line that does not parse', async () => {
    expect(await answerOne('x = 1\ndef solve(grid:')).toMatchObject({
      status: 'error',
      errorType: 'SyntaxError',
      line: 2,
    })
  })

  test('fails for one input only', async () => {
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
    ['wall-timeout', '__import__("select").select([], [], [])'],
    ['memory', 'bytearray(10 ** 12)'],
    ['invalid-output', 'return None'],
  ])('gets %s for the input it was working on, and answers the others', async (verdict, act) => {
    expect(await listStatuses(onThree(act))).toEqual(['ok', verdict, 'ok'])
  })

  test('is not run on the remaining inputs when its time is used up', async () => {
    const inputs = [[[1]], [[2]], [[3]], [[4]], [[5]], [[6]]]
    const statuses = await listStatuses('def solve(grid):\n    while True: pass', { inputs })
    expect(statuses).toEqual([...Array<string>(4).fill('cpu-timeout'), 'not-run', 'not-run'])
  })

  test('is not charged for the time of earlier inputs', async () => {
    // Each takes about half of 1,000 ms, so that one fork cannot serve all three; together they take more than a program may.
    const limits = { ...chooseLimits({ cpuSeconds: 1, programCpuSeconds: 3 }) }
    const { results } = await run(spin(0.45), { limits })
    expect(results.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok'])
  })
})

test('the time of a program starts with the program', async () => {
  const hasty = await closeAfter(createSandbox({ slots: 1, limits: { cpuMsPerGrid: 1 } }))
  const loop = { code: 'while True: pass', entryPoints: ['solve'], inputs: [[[1]]], forks: 'grid' } as const
  expect((await hasty.run(loop, never)).results).toMatchObject([{ status: 'cpu-timeout' }])
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

  test('a program without inputs has no results', async () => {
    expect((await run(counter, { inputs: [] })).results).toEqual([])
  })
})

test('without protection the verdicts are the same, and nothing is held back', async () => {
  const unprotected = await closeAfter(createSandbox({ slots: 1, levels: noLevels, limits: { cpuMsPerGrid: 300 } }))
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
})

const hasScipy = spawnSync('/usr/bin/python3', ['-c', 'import scipy.ndimage']).status === 0
const scipyTitle = 'scipy may be imported where the machine has it'

;(hasScipy ? test : test.skip)(hasScipy ? scipyTitle : `${scipyTitle} (skipped: it has none)`, async () => {
  const roomy = await closeAfter(createSandbox({ slots: 1 }))
  const code = `def solve(grid):
    from scipy import ndimage
    return [[ndimage.label(grid)[1]]]`
  const inputs = [[[1, 0, 1]], [[1, 1, 1]]]
  const { results } = await roomy.run({ code, entryPoints: ['solve'], inputs, forks: 'program' }, never)
  expect(results).toEqual([
    { status: 'ok', grid: [[2]] },
    { status: 'ok', grid: [[1]] },
  ])
})
