import type { Score } from './scores/score-tallies.ts'

/** How numbers and names are written wherever people see them: terminal, reports and page. */

/** A share in percent, without the sign: `33.0`. */
export function renderPercent(share: number): string {
  return (100 * share).toFixed(1)
}

/** `33.0 % (28.6 to 37.8)` */
export function renderScore({ value, low, high }: Pick<Score, 'value' | 'low' | 'high'>): string {
  return `${renderPercent(value)} % (${renderPercent(low)} to ${renderPercent(high)})`
}

/** A p-value: three decimals, or its magnitude if those are zeros. */
export function renderP(p: number): string {
  return p < 0.001 ? p.toExponential(1) : p.toFixed(3)
}

/** Small amounts need more decimals than a cent has. */
export function renderCost(costUsd: number | null): string {
  if (costUsd === null) return 'unknown (a request was answered whose price is not known)'
  return `$${costUsd.toFixed(costUsd < 0.1 && costUsd > 0 ? 5 : 2)}`
}

export function renderTokens(tokens: number | null): string {
  return tokens === null ? 'unknown' : tokens.toLocaleString('en-US')
}

/** `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function renderDuration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${seconds < 10 ? seconds.toFixed(1) : whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** A task's id, with the version unless that is 0: `00d62c1b (version 2)`. */
export function nameTask({ task_id, version }: { readonly task_id: string; readonly version: number }): string {
  return version === 0 ? task_id : `${task_id} (version ${version})`
}

/** `a, b, c and 4 more` */
export function listSome(names: readonly string[], max: number): string {
  const more = names.length > max ? ` and ${names.length - max} more` : ''
  return `${names.slice(0, max).join(', ')}${more}`
}

/** A dataset with its split: `arc-agi-1 training`. A dataset without splits has one that is called `all`, which goes without saying. */
export function nameSplit({ dataset, split }: { readonly dataset: string; readonly split: string }): string {
  return split === 'all' ? dataset : `${dataset} ${split}`
}
