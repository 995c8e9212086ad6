import type { Grid } from '../../domain/grids/grid.ts'
import type { ProgramLimits } from '../../domain/runs/program-limits.ts'
import type { GridsAs } from '../../domain/runs/record.ts'
import type { Verdict } from '../../domain/runs/verdict.ts'

/** What running a program on one input gave, before anything is compared. */
export type GridResult =
  | { readonly status: 'ok'; readonly grid: Grid }
  | {
      readonly status: Exclude<Verdict, 'correct' | 'wrong'>
      /** For people, and for feedback to a model. May hold words of the program: untrusted text. */
      readonly message: string
      /** The Python exception, when it raised. */
      readonly errorType?: string
      /** Of the program, counted from 1. */
      readonly line?: number
      /** The limit that decided this. */
      readonly limit?: keyof ProgramLimits
    }

export interface ProgramRun {
  readonly code: string
  /** Names of the function to call, in order of preference. */
  readonly entryPoints: readonly string[]
  readonly inputs: readonly Grid[]
  /** 'program': one fork for all inputs (fast). 'grid': one fork each, so that nothing is carried from one input to the next. */
  readonly forks: 'program' | 'grid'
  /** What the function is handed: lists of integers, as when this is absent, or numpy arrays. An annotation asks for arrays too. */
  readonly gridsAs?: GridsAs
  /** Which time and which random numbers it gets: the usual ones, or others, to see whether it depends on them. */
  readonly chance?: 'usual' | 'other'
  /** The sandbox's own when absent. */
  readonly limits?: ProgramLimits | undefined
}

export interface ProgramReport {
  /** One per input, in order. */
  readonly results: readonly GridResult[]
  /** The function that was called; null where none was found, or its fork ended before it said so. Untrusted text. */
  readonly called: string | null
  readonly gridsAs: GridsAs
  /** What the program printed, at most 4 KB, control characters removed. Untrusted text. */
  readonly printed: string
  readonly cpuMs: number
  readonly wallMs: number
  readonly maxRssBytes: number
}

export interface SandboxFacts {
  /** `none`: programs run unprotected, because a person said so. */
  readonly level: 'bwrap' | 'landlock' | 'none'
  /** Version of the kernel's Landlock in force, `0` without it. */
  readonly landlock: string
  /** `virtual`: programs get the same time and the same random bytes whenever they run; `real` where libc could not be changed. */
  readonly clock: 'virtual' | 'real'
  readonly python: string
  readonly pythonVersion: string
  readonly numpyVersion: string
}

export interface Sandbox {
  readonly facts: SandboxFacts
  /** What was tried against it when it was opened, and held back. */
  readonly withstood: readonly string[]
  /**
   * Waits for a free slot and runs the program there. Whatever the program does comes back as a report.
   *
   * @throws {SandboxFault} when the sandbox itself broke.
   * @throws signal.reason when aborted; what was running is killed at once.
   */
  run(program: ProgramRun, signal: AbortSignal): Promise<ProgramReport>
  /** Ends every process of the sandbox. Programs still running or waiting reject with a `SandboxFault`. */
  close(): Promise<void>
}

/** The sandbox broke, for reasons that need not lie in the program: killed from outside, out of memory, closed. */
export class SandboxFault extends Error {
  override readonly name = 'SandboxFault'
  readonly kind: 'died' | 'hung' | 'out-of-step' | 'not-started' | 'closed'
  /** The last words of the broken process on standard error. */
  readonly evidence: string

  constructor(kind: SandboxFault['kind'], message: string, evidence = '') {
    super(evidence ? `${message}: ${evidence}` : message)
    this.kind = kind
    this.evidence = evidence
  }
}

/** This machine cannot run programs safely, so none is run. */
export class SandboxUnavailable extends Error {
  override readonly name = 'SandboxUnavailable'
  /** The command line that mends it. */
  readonly mend: string

  constructor(missing: string, mend: string) {
    super(missing)
    this.mend = mend
  }
}
