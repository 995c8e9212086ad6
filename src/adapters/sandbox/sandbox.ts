import type { Grid } from '../../domain/grids/grid.ts'
import type { ProgramLimits } from '../../domain/runs/program-limits.ts'
import type { GridsAs } from '../../domain/runs/record.ts'
import type { Verdict } from '../../domain/runs/verdict.ts'

/** The result of running a program on one input, before any comparison. */
export type GridResult =
  | { readonly status: 'ok'; readonly grid: Grid }
  | {
      readonly status: Exclude<Verdict, 'correct' | 'wrong'>
      /** For people, and for feedback to a model. May contain the program's words: untrusted text. */
      readonly message: string
      /** The Python exception, if it raised one. */
      readonly errorType?: string
      /** Line of the program, counted from 1. */
      readonly line?: number
      /** The limit that was exceeded. */
      readonly limit?: keyof ProgramLimits
    }

export interface ProgramRun {
  readonly code: string
  /** Names of the function to call, in order of preference. */
  readonly entryPoints: readonly string[]
  readonly inputs: readonly Grid[]
  /**
   * 'program': one fork for all inputs (fast). 'grid': one fork each, so that no state carries over from one input to the next.
   */
  readonly forks: 'program' | 'grid'
  /** The form of the function's input: lists of integers (the default), or numpy arrays. An annotation requests arrays too. */
  readonly gridsAs?: GridsAs
  /** Which clock and random numbers it gets: the usual ones, or others, to see whether it depends on them. */
  readonly chance?: 'usual' | 'other'
  /** The sandbox's own limits if absent. */
  readonly limits?: ProgramLimits | undefined
}

export interface ProgramReport {
  /** One per input, in order. */
  readonly results: readonly GridResult[]
  /** The function that was called; null if none was found, or its fork ended before reporting it. Untrusted text. */
  readonly called: string | null
  readonly gridsAs: GridsAs
  /** What the program printed, at most 4 KB, without control characters. Untrusted text. */
  readonly printed: string
  readonly cpuMs: number
  readonly wallMs: number
  readonly maxRssBytes: number
}

export interface SandboxFacts {
  /** `none`: programs run unprotected, because a person chose to. */
  readonly level: 'bwrap' | 'landlock' | 'none'
  /** Version of the kernel's Landlock in force, `0` without it. */
  readonly landlock: string
  /** `virtual`: programs get the same time and the same random bytes in every run; `real` if libc could not be changed. */
  readonly clock: 'virtual' | 'real'
  readonly python: string
  readonly pythonVersion: string
  readonly numpyVersion: string
}

export interface Sandbox {
  readonly facts: SandboxFacts
  /** The attacks that failed when it was opened. */
  readonly withstood: readonly string[]
  /**
   * Waits for a free slot and runs the program there. Whatever the program does is returned as a report.
   *
   * @throws {SandboxFault} when the sandbox itself broke.
   * @throws signal.reason when aborted; a running program is killed at once.
   */
  run(program: ProgramRun, signal: AbortSignal): Promise<ProgramReport>
  /** Ends every process of the sandbox. Programs still running or waiting reject with a `SandboxFault`. */
  close(): Promise<void>
}

/** The sandbox broke, for reasons that need not be the program's: killed from outside, out of memory, closed. */
export class SandboxFault extends Error {
  override readonly name = 'SandboxFault'
  readonly kind: 'died' | 'hung' | 'out-of-step' | 'not-started' | 'closed'
  /** The last standard error output of the broken process. */
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
  /** The command that fixes it. */
  readonly mend: string

  constructor(missing: string, mend: string) {
    super(missing)
    this.mend = mend
  }
}
