import { findProvider } from '../domain/providers/providers.ts'
import { isVerification, type RunRecord } from '../domain/runs/run.ts'
import type { PartName } from '../stack/parts/part.ts'

/** The parts of the stack that these runs require. The page only shows them, so they do not wait for it. */
export function listNeeds(runs: readonly RunRecord[]): PartName[] {
  const asksBaseline = runs.some((run) => !isVerification(run) && findProvider(run.model.provider).runsHere)
  return asksBaseline ? ['server', 'worker', 'baseline'] : ['server', 'worker']
}
