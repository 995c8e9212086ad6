import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Hono } from 'hono'
import { createSandboxOnDemand } from '../../src/adapters/sandbox/create-sandbox-on-demand.ts'
import { createSandbox } from '../../src/adapters/sandbox/create-sandbox.ts'
import { createApp } from '../../src/api/create-app.ts'
import type { ProgramRunDocument } from '../../src/api/documents.ts'
import type { Library } from '../../src/api/library.ts'
import { openLibrary } from '../../src/api/open-library.ts'
import { buildPairs } from '../support/build-run.ts'
import { awaitDescendants, listDescendants, type Descendant } from '../support/list-descendants.ts'
import { openPrey, type OpenPrey } from '../support/open-prey.ts'

const pairs = buildPairs(0)
const secretOutput = pairs.test[0]?.output
const withheld = { train: pairs.train, test: pairs.test.map(({ input }) => ({ input })) }
const upsideDown = 'def solve(grid):\n    return grid[::-1]'
const never = new AbortController().signal

let root: string
let library: Library
let app: Hono
let prey: OpenPrey
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-programs-'))
  await mkdir(join(root, 'data/tasks/training'), { recursive: true })
  await writeFile(join(root, 'data/tasks/training/flip.json'), JSON.stringify(pairs))
  await writeFile(join(root, 'data/tasks/training/hidden.json'), JSON.stringify(withheld))
  prey = await openPrey()
  // Short limits, so that an endless loop does not keep the test waiting.
  const limits = { cpuMsPerGrid: 300, programCpuMs: 1_200 }
  library = {
    ...openLibrary({ project: root, data: join(root, 'own') }),
    sandbox: createSandboxOnDemand({ open: () => createSandbox({ slots: 1, limits }), idleMs: 60_000, maxUsers: 3 }),
  }
  app = createAppOf(library)
})
afterAll(async () => {
  await library.sandbox.close()
  prey.close()
  await rm(root, { recursive: true })
})

function createAppOf(of: Library): Hono {
  const onFault = (fault: unknown) => {
    throw fault
  }
  return createApp({ library: of, readPage: async () => new Map(), onFault })
}

async function post(task: string, body: unknown, { of = app, signal = never, query = '' } = {}) {
  const response = await of.request(`http://127.0.0.1/api/tasks/${task}/run${query}`, {
    method: 'POST',
    headers: { host: '127.0.0.1', 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  })
  const text = await response.text()
  return { status: response.status, text, document: JSON.parse(text || 'null') as ProgramRunDocument }
}

async function run(program: string, task = 'flip') {
  const { document } = await post(task, { program })
  return document
}

const isPython = ({ command }: Descendant) => /^\S*python/.test(command)

describe("a visitor's program", () => {
  test('is judged on each pair, and its grids and printed text are returned', async () => {
    const { ran, results, sandbox } = await run(`${upsideDown}\nprint("hello")`)
    expect(ran).toMatchObject({ verdict: 'correct', printed: 'hello\n', function: 'solve', deterministic: true })
    expect(results.map(({ part, index, verdict }) => [part, index, verdict])).toEqual([
      ['train', 0, 'correct'],
      ['train', 1, 'correct'],
      ['test', 0, 'correct'],
    ])
    expect(results[2]?.got).toEqual(secretOutput)
    expect(sandbox['level']).toMatch(/^(bwrap|landlock)$/)
  })

  test('that is wrong is told so, and not what is expected for a test input', async () => {
    const { document, text } = await post('flip', { program: 'def solve(grid):\n    return [[7]]' })
    expect(document.results.map(({ verdict, got }) => [verdict, got])).toEqual(
      Array.from({ length: 3 }, () => ['wrong', [[7]]]),
    )
    expect(text).not.toContain(JSON.stringify(secretOutput))
    expect(text).not.toContain('cells')
  })

  test('is told the line of its error', async () => {
    const { results } = await run('def solve(grid):\n    x = 1\n    return grid[5]')
    expect(results[0]).toMatchObject({ verdict: 'error', error_type: 'IndexError', line: 3, got: null })
    expect((await run('def solve(grid)\n    return grid')).results[0]).toMatchObject({
      verdict: 'error',
      error_type: 'SyntaxError',
      line: 1,
    })
  })

  test('runs on the task as it is transformed', async () => {
    const { document } = await post('flip', { program: upsideDown }, { query: '?steps=permute-1032456789' })
    expect(document.ran.verdict).toBe('correct')
    const turned = await post('flip', { program: upsideDown }, { query: '?steps=rotate-90' })
    expect(turned.document.ran.verdict).toBe('wrong')
  })

  test('has no verdict when no solution is known, and its grid is shown', async () => {
    const { ran, results } = await run(upsideDown, 'hidden')
    expect(results.map(({ verdict }) => verdict)).toEqual(['correct', 'correct', 'unjudged'])
    expect(results[2]?.got).toEqual(secretOutput)
    expect(ran.verdict).toBe('correct')
  })

  test.each([
    ['an endless loop', 'while True: pass', 'cpu-timeout'],
    ['a fork bomb', 'import os\n    while True: os.fork()', 'error'],
    ['much memory', 'return [[0] * 10**10]', 'memory'],
    ['a huge output', 'return [[1] * 10**6] * 3', 'invalid-output'],
    ['an early exit', 'import os\n    os._exit(0)', 'no-answer'],
  ])('%s gets the verdict that it has in a run', async (_, body, verdict) => {
    const { results } = await run(`def solve(grid):\n    ${body}`)
    expect(results[0]?.verdict).toBe(verdict)
  })

  test('reads no file and no environment variable of the server', async () => {
    const { secretPath, secretVariable } = prey.prey
    const { results, ran } = await run(
      `import os\nprint(os.environ.get("${secretVariable}"))\ndef solve(grid):\n    print(open("${secretPath}").read())`,
    )
    expect(results[0]?.verdict).toBe('error')
    expect(ran.printed).toBe('None\n')
  })

  test('may print as much as it likes, of which four kilobytes are kept', async () => {
    const { ran } = await run('def solve(grid):\n    print("x" * 10**6)\n    return grid')
    expect(ran.printed.length).toBeLessThanOrEqual(4_096)
  })

  test('is refused when it is not a text, is empty or too long', async () => {
    for (const program of [undefined, 5, '', 'x'.repeat(200_001), '\ud800']) {
      const { status, text } = await post('flip', { program })
      expect(status).toBe(400)
      expect(text).toContain('program: must be a program of 1 to 200000 characters')
    }
    expect((await post('nothing', { program: upsideDown })).status).toBe(404)
  })
})

describe('visitors', () => {
  test('who leave end their program at once', async () => {
    const leave = new AbortController()
    const left = post(
      'flip',
      { program: 'import time\ndef solve(grid):\n    while True: time.sleep(1)' },
      { signal: leave.signal },
    )
    await awaitDescendants(process.pid, isPython, 2)
    leave.abort(new Error('gone'))
    expect((await left).status).toBe(499)
    // The only slot is free again.
    expect((await run(upsideDown)).ran.verdict).toBe('correct')
  })

  test('wait their turn, and are refused when too many wait', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => post('flip', { program: upsideDown })))
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
  })

  test('leave no process behind when the server ends', async () => {
    await run(upsideDown)
    await library.sandbox.close()
    expect(listDescendants(process.pid).filter(isPython)).toEqual([])
    expect((await run(upsideDown)).ran.verdict).toBe('correct')
  })

  test('are told what is missing when programs cannot run', async () => {
    const without = openLibrary({ project: root, data: join(root, 'own'), python: '/nowhere/python3' })
    const { status, text } = await post('flip', { program: upsideDown }, { of: createAppOf(without) })
    expect(status).toBe(503)
    expect(text).toContain('Programs cannot be run here')
    expect(text).toContain('/nowhere/python3')
    expect(text).toContain('This fixes it')
  })
})
