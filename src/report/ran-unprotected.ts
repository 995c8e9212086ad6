import type { SandboxDescription } from '../domain/runs/record.ts'

/** Shown above the numbers of such a run. */
export const unprotectedWords =
  'Programs ran without a sandbox (--sandbox=none). They could read expected outputs: the scores prove nothing.'

export function ranUnprotected(sandboxes: readonly SandboxDescription[]): boolean {
  return sandboxes.some(({ level }) => level === 'none')
}
