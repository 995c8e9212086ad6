import { chooseLimits, type ProgramLimits } from '../../domain/runs/program-limits.ts'

export interface SandboxLimits {
  /** CPU time for one input grid, and for a fork that serves several. */
  readonly cpuMsPerGrid: number
  /** CPU time for a program on all its grids. */
  readonly programCpuMs: number
  /** How long a fork may wait without computing; twice its CPU time plus a second if absent. */
  readonly wallMsPerGrid?: number
  /** Address space of a fork, including the interpreter with numpy (90 MB). */
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
 * Whether a fork that hit its wall limit was asleep: it used less than 20 % of the time and less than half of its CPU allowance
 * (which alone may be below 20 %, if little was left), and was not queued for the processor meanwhile. (One that sleeps in small
 * pieces is sometimes preempted too, but less often than it sleeps.) Otherwise it wanted the processor and did not get it: that
 * tells about the machine and nothing about the program.
 */
export function wasAsleep({ wallMs, cpuMs, sleeps, preemptions }: Spent, givenCpuMs: number): boolean {
  const queuedMs = Math.max(0, preemptions - sleeps) * maxTurnMs
  const idleMs = wallMs - cpuMs - queuedMs
  return cpuMs < Math.min(0.2 * wallMs, 0.5 * givenCpuMs) && idleMs > 0.5 * wallMs
}

/** A program that could make the machine look busy forever must not hold up the others forever. */
function maxPatienceMs(cpuMs: number): number {
  return Math.max(60_000, 30 * cpuMs)
}

/** Three times what it would need at its speed so far; enough on a machine with ten times its capacity of work. */
export function patientWallMs(cpuMs: number, before: Pick<Spent, 'wallMs' | 'cpuMs'>): number {
  const slowness = before.wallMs / Math.max(before.cpuMs, 1)
  return Math.min(maxPatienceMs(cpuMs), Math.max(10 * cpuMs + 5_000, 3 * slowness * cpuMs))
}
