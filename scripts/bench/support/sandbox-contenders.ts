import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createSandbox } from '../../../src/adapters/sandbox/create-sandbox.ts'
import type { ProgramRun, Sandbox, SandboxFacts } from '../../../src/adapters/sandbox/sandbox.ts'
import { createSlotPool } from '../../../src/adapters/sandbox/slot-pool.ts'
import { verifyProgram } from '../../../src/adapters/sandbox/verify-program.ts'
import { isGrid, type Grid } from '../../../src/domain/grids/grid.ts'
import type { TaskPairs } from '../../../src/domain/tasks/task.ts'
import { benchPrograms, type BenchProgram } from './sandbox-programs.ts'

/** A way to run programs. */
export interface Contender {
  readonly name: string
  /** Starts Python for each program or grid: so much slower that fewer programs give the same precision. */
  readonly isSlow: boolean
  open(slots: number, python: string): Promise<Grader>
}

export interface Grader {
  /** The grid that the program returns for each of its inputs, parsed here; rejects when one is missing. */
  run(program: BenchProgram): Promise<readonly Grid[]>
  close(): Promise<void>
}

export const freshPerGrid: Contender = {
  name: 'fresh Python per grid',
  isSlow: true,
  async open(_, python) {
    return {
      async run({ code, inputs }) {
        const answers: Grid[] = []
        for (const input of inputs) answers.push(...(await runFresh(python, { code, inputs: [input] })))
        return answers
      },
      close: async () => undefined,
    }
  },
}

export const freshPerProgram: Contender = {
  name: 'fresh Python per program',
  isSlow: true,
  async open(_, python) {
    return {
      run: ({ code, inputs }) => runFresh(python, { code, inputs }),
      close: async () => undefined,
    }
  },
}

export const forkGrader: Contender = {
  name: 'fork grader, unprotected',
  isSlow: false,
  async open(slots, python) {
    const graders = Array.from({ length: slots }, () => startForkGrader(python))
    const pool = createSlotPool(graders)
    return {
      run: ({ code, inputs }) => pool.use((grader) => grader.run({ code, inputs })),
      close: async () => void (await Promise.all(graders.map((grader) => grader.close()))),
    }
  },
}

export const contenders: readonly Contender[] = [
  freshPerGrid,
  freshPerProgram,
  forkGrader,
  ours('Arcloom, bwrap', 'bwrap', 'program'),
  ours('Arcloom, landlock', 'landlock', 'program'),
  ours('Arcloom, bwrap, fork per grid', 'bwrap', 'grid'),
  {
    // A program that passes its train pairs runs twice: in one fork, and with one fork per grid.
    name: 'Arcloom, bwrap, whole verification',
    isSlow: false,
    async open(slots, python) {
      const sandbox = await createSandbox({ slots, python, levels: ['bwrap'] })
      const tasks = new Map<BenchProgram, TaskPairs>()
      for (const program of benchPrograms) {
        const outputs = await runInSandbox(sandbox, program, 'program')
        const pairs = outputs.map((output, index) => ({ input: program.inputs[index] ?? [], output }))
        tasks.set(program, { train: pairs.slice(0, -1), test: pairs.slice(-1) })
      }
      return {
        async run(program) {
          const task = tasks.get(program) ?? { train: [], test: [] }
          const named = { code: program.code, entryPoints }
          const { outputs, deterministic } = await verifyProgram(sandbox, named, task, never)
          if (!deterministic) throw new Error(`${program.name} was not run again, or answered something else.`)
          return outputs.filter((output) => output !== null)
        },
        close: () => sandbox.close(),
      }
    },
  },
]

const entryPoints = ['solve']
const never = new AbortController().signal

function ours(name: string, level: SandboxFacts['level'], forks: ProgramRun['forks']): Contender {
  return {
    name,
    isSlow: false,
    async open(slots, python) {
      const sandbox = await createSandbox({ slots, python, levels: [level] })
      return {
        run: (program) => runInSandbox(sandbox, program, forks),
        close: () => sandbox.close(),
      }
    },
  }
}

async function runInSandbox(sandbox: Sandbox, { code, inputs }: BenchProgram, forks: ProgramRun['forks']) {
  const { results } = await sandbox.run({ code, inputs, entryPoints, forks }, never)
  return results.map((result) => {
    if (result.status !== 'ok') throw new Error(`${result.status}: ${result.message}`)
    return result.grid
  })
}

type Request = Pick<BenchProgram, 'code' | 'inputs'>

/**
 * The fastest setup of each: one thread for numpy, no scan of user-installed packages, and everything that helps forks for those
 * that fork.
 */
function start(python: string, script: string, more: Readonly<Record<string, string>> = {}) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const env = { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', ...more }
  // Each session gets its share of a busy machine (sched(7), autogroup), and the sandbox is in one of its own.
  return spawn(python, ['-I', path], { env, stdio: ['pipe', 'pipe', 'inherit'], detached: true })
}

async function runFresh(python: string, request: Request): Promise<readonly Grid[]> {
  const child = start(python, 'fresh-grader.py')
  child.stdin.end(JSON.stringify(request))
  return parseAnswers(await text(child.stdout), request)
}

/** For one program at a time. */
function startForkGrader(python: string) {
  const child = start(python, 'fork-grader.py', { LD_BIND_NOW: '1' })
  const lines = createInterface({ input: child.stdout })
  return {
    async run(request: Request): Promise<readonly Grid[]> {
      const line = once(lines, 'line') as Promise<[string]>
      child.stdin.write(`${JSON.stringify(request)}\n`)
      const [answers] = await line
      return parseAnswers(answers, request)
    },
    async close() {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}

function parseAnswers(json: string, { inputs }: Request): readonly Grid[] {
  const answers: unknown = JSON.parse(json)
  if (!Array.isArray(answers) || answers.length !== inputs.length || !answers.every(isGrid))
    throw new Error(`not one grid for each of ${inputs.length} inputs: ${json.slice(0, 80)}`)
  return answers
}
