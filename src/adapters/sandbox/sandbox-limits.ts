import { chooseLimits, type ProgramLimits } from '../../domain/runs/program-limits.ts'

export interface SandboxLimits {
  /** CPU time of one input grid, and of a fork that serves several. */
  readonly cpuMsPerGrid: number
  /** CPU time of a program on all its grids. */
  readonly programCpuMs: number
  /** How long a fork may wait and compute nothing; twice its CPU time and a second when absent. */
  readonly wallMsPerGrid?: number
  /** Address space of a fork, the interpreter with numpy (90 MB) included. */
  readonly memoryBytes: number
}

export function readLimits(limits: ProgramLimits): Required<SandboxLimits> {
  return {
    cpuMsPerGrid: 1000 * limits.cpu_seconds_per_grid,
    programCpuMs: 1000 * limits.cpu_seconds_per_program,
    wallMsPerGrid: 1000 * limits.wall_seconds_per_grid,
    memoryBytes: limits.memory_bytes,
  }
}

const { wallMsPerGrid: _, ...defaultLimits } = readLimits(chooseLimits())
export const sandboxLimits: SandboxLimits = defaultLimits

/** Enough for a program that gets only half a core. */
export function usualWallMs(cpuMs: number): number {
  return 2 * cpuMs + 1_000
}

interface Spent {
  readonly wallMs: number
  readonly cpuMs: number
  readonly sleeps: number
  readonly preemptions: number
}

/** How long a fork that lost the processor waits for its next turn: a turn is 3 ms, so 30 busy processes per core. */
const maxTurnMs = 100

/**
 * Whether a fork that ran into its wall limit was asleep: it used under 20 % of the time, and under half of what it was
 * given (which alone may be less than 20 %, where little was left to give), and it did not stand in the queue for the
 * processor meanwhile. (One that sleeps in small pieces is preempted now and then too, but less often than it sleeps.) Else
 * it wanted the processor and did not get it: that says something about the machine, and nothing about the program.
 */
export function wasAsleep({ wallMs, cpuMs, sleeps, preemptions }: Spent, givenCpuMs: number): boolean {
  const queuedMs = Math.max(0, preemptions - sleeps) * maxTurnMs
  const idleMs = wallMs - cpuMs - queuedMs
  return cpuMs < Math.min(0.2 * wallMs, 0.5 * givenCpuMs) && idleMs > 0.5 * wallMs
}

/** A program that could make the machine look busy for ever must not hold the others up for ever. */
function maxPatienceMs(cpuMs: number): number {
  return Math.max(60_000, 30 * cpuMs)
}

/** Three times what it would need at the speed it had; on a machine with up to ten times more to do than it can, that is enough. */
export function patientWallMs(cpuMs: number, before: Pick<Spent, 'wallMs' | 'cpuMs'>): number {
  const slowness = before.wallMs / Math.max(before.cpuMs, 1)
  return Math.min(maxPatienceMs(cpuMs), Math.max(10 * cpuMs + 5_000, 3 * slowness * cpuMs))
}
