import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { mapConcurrently } from '../../../src/domain/map-concurrently.ts'
import { listDescendants } from '../../../test/support/list-descendants.ts'
import { readCpuMs, readCpuMsBelow } from './cpu-clock.ts'
import type { Contender, Grader } from './sandbox-contenders.ts'
import { benchPrograms, type BenchProgram } from './sandbox-programs.ts'

/** Programs of one contender in one repetition. */
export interface Turn {
  readonly programs: number
  readonly wallMs: number
  /** Of all its processes and this one. */
  readonly cpuMs: number
  /** From asking for a slot to the parsed and compared answers, for each program. */
  readonly programMs: readonly number[]
}

/** The expected answers of each program; each contender must give the same. */
export type Expected = ReadonlyMap<BenchProgram, readonly Grid[]>

export async function learnAnswers(grader: Grader): Promise<Expected> {
  return new Map(
    await mapConcurrently(benchPrograms, 1, async (program) => [program, await grader.run(program)] as const),
  )
}

export async function takeTurn(grader: Grader, expected: Expected, programs: number, slots: number): Promise<Turn> {
  const queue = Array.from({ length: programs / benchPrograms.length }, () => benchPrograms).flat()
  const startedMs = performance.now()
  const startedCpuMs = readAllCpuMs()
  const programMs = await mapConcurrently(queue, slots, async (program) => {
    const beganMs = performance.now()
    if (!isDeepStrictEqual(await grader.run(program), expected.get(program)))
      throw new Error(`The graders disagree on ${program.name}.`)
    return performance.now() - beganMs
  })
  const wallMs = performance.now() - startedMs
  return { programs, wallMs, cpuMs: readAllCpuMs() - startedCpuMs, programMs }
}

/** The other contenders are idle meanwhile. The CPU time of fresh interpreters is counted when they have ended. */
function readAllCpuMs(): number {
  return readCpuMs(process.pid) + readCpuMsBelow(process.pid)
}

/**
 * The peak memory of all processes of a contender together, each page counted once however many share it (proc(5), smaps_rollup):
 * that of Python, not of this process, which is the same for all. Undefined if the kernel does not say.
 */
export async function measurePeakBytes(
  contender: Contender,
  python: string,
  slots: number,
): Promise<number | undefined> {
  const before = new Set(listDescendants(process.pid).map(({ pid }) => pid))
  const grader = await contender.open(slots, python)
  let peak: number | undefined
  const sample = () => {
    const own = listDescendants(process.pid).filter(({ pid }) => !before.has(pid))
    const sizes = own.map(({ pid }) => readProportionalBytes(pid)).filter((bytes) => bytes !== undefined)
    if (sizes.length > 0)
      peak = Math.max(
        peak ?? 0,
        sizes.reduce((sum, bytes) => sum + bytes, 0),
      )
  }
  const timer = setInterval(sample, 3)
  try {
    const queue = Array.from({ length: contender.isSlow ? 2 : 10 }, () => benchPrograms).flat()
    await mapConcurrently(queue, slots, (program) => grader.run(program))
    return peak
  } finally {
    clearInterval(timer)
    await grader.close()
  }
}

function readProportionalBytes(pid: number): number | undefined {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1')
    return Number(/^Pss:\s*(\d+) kB$/m.exec(rollup)?.[1]) * 1024
  } catch {
    return undefined
  }
}
