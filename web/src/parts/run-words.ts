import type { Place, RunSummary } from '../../../src/api/documents.ts'
import type { RunStateName } from '../../../src/domain/runs/run.ts'

export const stateWords: Readonly<Record<RunStateName, string>> = {
  running: 'running',
  paused: 'paused',
  complete: 'complete',
  interrupted: 'interrupted',
  cancelled: 'cancelled',
  'budget-reached': 'budget reached',
  failed: 'failed',
}

/** `running, being interrupted` */
export function describeState({ state, ending }: Pick<RunSummary, 'state' | 'ending'>): string {
  if (ending === null) return stateWords[state]
  return `${stateWords[state]}, being ${ending === 'interrupt' ? 'interrupted' : 'cancelled'}`
}

/** `benchmark code`, like the command; a verification has no recipe. */
export function describeKind({ kind, recipe }: Pick<RunSummary, 'kind' | 'recipe'>): string {
  return recipe === null ? kind : `${kind} ${recipe}`
}

export function describePlace({ dataset, split }: Place): string {
  return split === 'all' || split === '' ? dataset : `${dataset} · ${split}`
}

/** `4 samples, up to 2 rounds`; undefined for one sample with one request. */
export function describeSamples({ samples, rounds }: Pick<RunSummary, 'samples' | 'rounds'>): string | undefined {
  if (samples === null || rounds === null) return undefined
  const parts = [samples > 1 ? `${samples} samples` : undefined, rounds > 1 ? `up to ${rounds} rounds` : undefined]
  return parts.filter((part) => part !== undefined).join(', ') || undefined
}

/** Whether a run's numbers or state may change soon. */
export function isChanging({ state, numbers }: Pick<RunSummary, 'state' | 'numbers'>): boolean {
  return state === 'running' || state === 'paused' || numbers === null
}

/** An open run's page is behind by at most this long plus one answer. */
export const pollMs = 800
