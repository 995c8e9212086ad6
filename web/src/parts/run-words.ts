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

/** `benchmark code`, as the command is called; a verification has no recipe. */
export function describeKind({ kind, recipe }: Pick<RunSummary, 'kind' | 'recipe'>): string {
  return recipe === null ? kind : `${kind} ${recipe}`
}

export function describePlace({ dataset, split }: Place): string {
  return split === 'all' || split === '' ? dataset : `${dataset} · ${split}`
}

/** `4 samples, up to 2 rounds`; undefined where there is nothing to say of one sample with one request. */
export function describeSamples({ samples, rounds }: Pick<RunSummary, 'samples' | 'rounds'>): string | undefined {
  if (samples === null || rounds === null) return undefined
  const parts = [samples > 1 ? `${samples} samples` : undefined, rounds > 1 ? `up to ${rounds} rounds` : undefined]
  return parts.filter((part) => part !== undefined).join(', ') || undefined
}

/** Whether something else is to be said of a run soon. */
export function isChanging({ state, numbers }: Pick<RunSummary, 'state' | 'numbers'>): boolean {
  return state === 'running' || state === 'paused' || numbers === null
}

/** A page that is looked at is at most so far behind a run that is open, and one more answer. */
export const pollMs = 800
