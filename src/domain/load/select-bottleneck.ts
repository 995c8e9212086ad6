import type { Bottleneck } from './name-bottleneck.ts'

/**
 * What to say of a bottleneck beside what the gate says of the run itself, such as `3 requests wait for one of 40 places`.
 *
 * @param gateWait the gate's words; none if no request of the run waits there
 * @returns null if there is nothing to add: the bottleneck is the same wait, and the gate's words say more about it
 */
export function selectBottleneck(
  bottleneck: Bottleneck | null | undefined,
  gateWait: string | null | undefined,
): Bottleneck | null {
  return bottleneck?.kind === 'gate' && typeof gateWait === 'string' ? null : (bottleneck ?? null)
}
