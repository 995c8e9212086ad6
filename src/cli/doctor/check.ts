/** One check, as `doctor --json` prints it. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  /** Whether nothing runs without it. A check that is neither required nor ok is only a warning. */
  readonly required: boolean
  readonly needed: string
  readonly found: string
  /** The command that fixes it; null if all is well, or there is no known fix. */
  readonly mend: string | null
}

type Passed = Pick<Check, 'name' | 'needed' | 'found'>
type Lacking = Passed & Pick<Check, 'mend'>

/** All is well. */
export function passed({ name, needed, found }: Passed): Check {
  return { name, ok: true, required: true, needed, found, mend: null }
}

/** Arcloom works without it, with the drawback that `needed` mentions. */
export function noted({ name, needed, found, mend }: Lacking): Check {
  return { name, ok: false, required: false, needed, found, mend }
}

/** Nothing runs until this is fixed. */
export function missing({ name, needed, found, mend }: Lacking): Check {
  return { name, ok: false, required: true, needed, found, mend }
}

export function stopsRuns({ ok, required }: Check): boolean {
  return !ok && required
}
