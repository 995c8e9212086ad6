export interface SandboxLimits {
  /** CPU time of one input grid, and of a fork that serves several. */
  readonly cpuMsPerGrid: number
  /** CPU time of a program on all its grids. */
  readonly programCpuMs: number
  /** Address space of a fork, the interpreter with numpy (90 MB) included. */
  readonly memoryBytes: number
}

export const sandboxLimits: SandboxLimits = {
  cpuMsPerGrid: 2_000,
  programCpuMs: 5_000,
  memoryBytes: 512 * 1024 * 1024,
}

/** Enough for a program that gets only half a core. */
export function usualWallMs(cpuMs: number): number {
  return 2 * cpuMs + 1_000
}

/**
 * Whether a fork that ran into its wall limit was asleep: it used under 20 % of the time, and under half of what it was
 * given (which alone may be less than 20 %, where little was left to give). Else it wanted the processor and did not get
 * it: that says something about the machine, and nothing about the program.
 */
export function wasAsleep(spent: { readonly cpuMs: number; readonly wallMs: number }, givenCpuMs: number): boolean {
  return spent.cpuMs < Math.min(0.2 * spent.wallMs, 0.5 * givenCpuMs)
}

/** Enough on a machine with ten times more to do than it can: who runs into it without using up its CPU time was asleep. */
export function patientWallMs(cpuMs: number): number {
  return 10 * cpuMs + 5_000
}
