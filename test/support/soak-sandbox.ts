import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createSandbox } from '../../src/adapters/sandbox/create-sandbox.ts'
import type { GridResult, ProgramRun, SandboxFacts } from '../../src/adapters/sandbox/sandbox.ts'
import type { Grid } from '../../src/domain/grids/grid.ts'
import { mapConcurrently } from '../../src/domain/map-concurrently.ts'
import { listHostilePrograms, trophy, type HostileProgram } from './hostile-programs.ts'
import { listDescendants } from './list-descendants.ts'
import { openPrey } from './open-prey.ts'

/*
 * Runs many programs, some of them hostile, in one sandbox. Every verdict is checked; and between the quarters, when nothing
 * runs, so is what the sandbox holds: the same processes as before, no more file descriptors and no more memory than after the
 * first quarter, when everything has reached its size.
 */

export interface SandboxSoak {
  readonly level: SandboxFacts['level']
  readonly programs: number
  readonly slots: number
  readonly onQuarter?: (figures: SoakFigures) => void
}

/**
 * What is held when nothing runs. Memory is the total over the processes of the sandbox, undefined if the kernel does not say.
 */
export interface SoakFigures {
  readonly programs: number
  readonly nodeDescriptors: number
  readonly nodeHeapBytes: number
  readonly sandboxDescriptors: number | undefined
  readonly sandboxBytes: number
}

export interface SoakReport {
  readonly hostile: number
  readonly quarters: readonly SoakFigures[]
  /** Messages; none if all went well. */
  readonly faults: readonly string[]
}

const hostileShare = 0.15
/** Small, because many hostile programs run into them. */
const limits = { cpuMsPerGrid: 300, programCpuMs: 450, memoryBytes: 160 * 1024 * 1024 }
/** A leak of less than a kilobyte per program shows over 3,000 of them. */
const allowedGrowthBytes = 1.5 * 1024 * 1024

export async function soakSandbox({ level, programs, slots, onQuarter }: SandboxSoak): Promise<SoakReport> {
  const others = new Set(listDescendants(process.pid).map(({ pid }) => pid))
  const listProcesses = () => listDescendants(process.pid).filter(({ pid }) => !others.has(pid))
  const opened = await openPrey()
  const hostilePrograms = listHostilePrograms(opened.prey)
  const sandbox = await createSandbox({ slots, limits, levels: [level] })
  const never = new AbortController().signal
  const faults: string[] = []
  const quarters: SoakFigures[] = []
  let hostile = 0

  const run = async (program: Pick<ProgramRun, 'code' | 'inputs'>, nth: number) => {
    const forks = nth % 4 === 0 ? 'grid' : 'program'
    return (await sandbox.run({ ...program, entryPoints: ['solve'], forks }, never)).results
  }
  const runNth = async (nth: number) => {
    const isHostile = Math.floor((nth + 1) * hostileShare) > Math.floor(nth * hostileShare)
    if (isHostile) {
      const program = hostilePrograms[hostile % hostilePrograms.length]
      hostile += 1
      if (program) faults.push(...judgeHostile(program, await run({ code: program.code, inputs: hostileInputs }, nth)))
    } else {
      const { expected, ...program } = buildHonest(nth)
      const results = await run(program, nth)
      const wanted = expected.map((grid) => ({ status: 'ok', grid }))
      if (!isDeepStrictEqual(results, wanted)) faults.push(`honest program ${nth} got ${JSON.stringify(results)}`)
    }
  }

  try {
    // Each slot starts its zygote with its first program.
    await mapConcurrently(Array.from({ length: slots }).keys().toArray(), slots, (nth) => run(buildHonest(nth), nth))
    const zygotes = nameProcesses(listProcesses())
    for (let quarter = 0; quarter < 4; quarter += 1) {
      const begin = Math.floor((quarter * programs) / 4)
      const end = Math.floor(((quarter + 1) * programs) / 4)
      await mapConcurrently(
        Array.from({ length: end - begin }, (_, index) => begin + index),
        slots,
        runNth,
      )
      const processes = listProcesses()
      if (nameProcesses(processes) !== zygotes)
        faults.push(`after ${end} programs the processes are ${nameProcesses(processes)}, and were ${zygotes}`)
      const figures = readFigures(
        end,
        processes.map(({ pid }) => pid),
      )
      quarters.push(figures)
      onQuarter?.(figures)
    }
    return { hostile, quarters, faults: [...faults, ...findGrowth(quarters)] }
  } finally {
    await sandbox.close()
    opened.close()
  }
}

const hostileInputs: readonly Grid[] = [[[1, 2]], [[3]]]

function judgeHostile({ name, expected }: HostileProgram, results: readonly GridResult[]): string[] {
  const isHeld = (result: GridResult) =>
    expected.includes(result.status) && !(result.status === 'ok' && isDeepStrictEqual(result.grid, trophy))
  return results.length === hostileInputs.length && results.every(isHeld)
    ? []
    : [`the program that ${name} got ${JSON.stringify(results)}`]
}

/** All different, and each with a global of its own, so that the answer of another program or an earlier run would show. */
function buildHonest(nth: number): Pick<ProgramRun, 'code' | 'inputs'> & { readonly expected: readonly Grid[] } {
  const shift = 1 + (nth % 9)
  const inputs = [0, 1].map((which) =>
    Array.from({ length: 3 + (nth % 20) }, (_, y) => Array.from({ length: 5 }, (_, x) => (nth + which + y * x) % 10)),
  )
  const code = `
import numpy as np
assert 'seen' not in globals()
seen = ${nth}
def solve(grid):
    return (np.array(grid)[::-1] + ${shift}) % 10
`
  const expected = inputs.map((grid) => grid.toReversed().map((row) => row.map((cell) => (cell + shift) % 10)))
  return { code, inputs, expected }
}

/** A replaced process has another name, even if it got the same id again. */
function nameProcesses(processes: ReturnType<typeof listDescendants>): string {
  return processes.map(({ pid, startTime }) => `${pid}@${startTime}`).join(', ')
}

function readFigures(programs: number, pids: readonly number[]): SoakFigures {
  // The second time, what the first found unused has been freed.
  collectGarbage()
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  const descriptors = pids.map(countDescriptors)
  return {
    programs,
    nodeDescriptors: countDescriptors(process.pid) ?? 0,
    nodeHeapBytes: heapUsed + external,
    sandboxDescriptors: descriptors.includes(undefined) ? undefined : sum(descriptors.map((count) => count ?? 0)),
    sandboxBytes: sum(pids.map(readResidentBytes)),
  }
}

function findGrowth(quarters: readonly SoakFigures[]): string[] {
  const [first] = quarters
  const last = quarters.at(-1)
  if (!first || !last) return []
  const grew = (name: keyof SoakFigures, allowed: number) => {
    const growth = (last[name] ?? 0) - (first[name] ?? 0)
    return growth > allowed ? [`${name} grew from ${first[name]} to ${last[name]}`] : []
  }
  return [
    ...grew('nodeDescriptors', 0),
    ...grew('sandboxDescriptors', 0),
    ...grew('nodeHeapBytes', allowedGrowthBytes),
    ...grew('sandboxBytes', allowedGrowthBytes),
  ]
}

/** What `node --expose-gc` provides, wherever this runs. */
const collectGarbage = (() => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void // it has no declared type
})()

/** Only the owner may look into a process that cannot be dumped; for the sandbox that is root. */
function countDescriptors(pid: number): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return undefined
  }
}

function readResidentBytes(pid: number): number {
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
