/** One thing that was looked at, as `doctor --json` prints it. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  /** Whether nothing runs without it. What is neither required nor ok is worth knowing, and no more. */
  readonly required: boolean
  readonly needed: string
  readonly found: string
  /** The line that mends it; null when all is well, or when nobody foresaw this. */
  readonly mend: string | null
}

type Passed = Pick<Check, 'name' | 'needed' | 'found'>
type Lacking = Passed & Pick<Check, 'mend'>

/** It is as it should be. */
export function passed({ name, needed, found }: Passed): Check {
  return { name, ok: true, required: true, needed, found, mend: null }
}

/** Arcloom does without it, at a price that `needed` names. */
export function noted({ name, needed, found, mend }: Lacking): Check {
  return { name, ok: false, required: false, needed, found, mend }
}

/** Nothing runs before this is mended. */
export function missing({ name, needed, found, mend }: Lacking): Check {
  return { name, ok: false, required: true, needed, found, mend }
}

export function stopsRuns({ ok, required }: Check): boolean {
  return !ok && required
}
