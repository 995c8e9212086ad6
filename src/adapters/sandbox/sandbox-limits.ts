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

const sleeperShare = 0.2

/**
 * Whether a fork that ran into its wall limit was asleep. Else it wanted the processor and did not get it: that says
 * something about the machine, and nothing about the program.
 */
export function wasAsleep(spent: { readonly cpuMs: number; readonly wallMs: number }): boolean {
  return spent.cpuMs < sleeperShare * spent.wallMs
}

/** So long that whoever runs into it without using up its CPU time was asleep: a second try always ends in a verdict. */
export function patientWallMs(cpuMs: number): number {
  return cpuMs / sleeperShare + 1_000
}
