/** Limits of a program, as in `run.json` and the records of a run. */
export interface ProgramLimits {
  /** Processor time on one grid. */
  readonly cpu_seconds_per_grid: number
  /** Processor time on all grids of a task. */
  readonly cpu_seconds_per_program: number
  /**
   * Elapsed time on one grid: a safety net for programs that wait and compute nothing. It decides nothing for a program
   * that computes, however slow the machine.
   */
  readonly wall_seconds_per_grid: number
  /** Address space of one process, including the interpreter with numpy (90 MB). */
  readonly memory_bytes: number
}

/** The limits that a person may set; the rest follows from them. */
export interface ChosenLimits {
  readonly cpuSeconds?: number
  readonly programCpuSeconds?: number
  readonly wallSeconds?: number
}

const memoryBytes = 512 * 1024 * 1024
const defaultCpuSeconds = 10
/** Enough for three endless grids: most tasks have three train pairs and a test pair. */
const gridsPerProgram = 3

/** The limits of a run, from those set, if any. */
export function chooseLimits({ cpuSeconds = defaultCpuSeconds, programCpuSeconds, wallSeconds }: ChosenLimits = {}) {
  return {
    cpu_seconds_per_grid: cpuSeconds,
    cpu_seconds_per_program: programCpuSeconds ?? gridsPerProgram * cpuSeconds,
    wall_seconds_per_grid: wallSeconds ?? 2 * cpuSeconds + 1,
    memory_bytes: memoryBytes,
  } satisfies ProgramLimits
}

/** The limits of every run from before they could be set: its `run.json` has none. */
export const limitsOfOldRuns: ProgramLimits = {
  cpu_seconds_per_grid: 2,
  cpu_seconds_per_program: 5,
  wall_seconds_per_grid: 5,
  memory_bytes: memoryBytes,
}

/** In words, for a report. */
export function describeLimits(limits: ProgramLimits): string {
  const { cpu_seconds_per_grid: grid, cpu_seconds_per_program: program, wall_seconds_per_grid: wall } = limits
  const megabytes = Math.round(limits.memory_bytes / 1024 / 1024)
  return `${grid} s of CPU time per grid and ${program} s per program, ${wall} s of waiting per grid, ${megabytes} MB`
}
