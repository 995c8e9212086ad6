import { count } from '../count.ts'
import { renderScore } from '../format.ts'
import { nameServed, type ServedCounts } from './count-served.ts'

/** What the scores of hosts and snapshots cover. */
export const servedScoreWords =
  'the share of its own samples that are right on all test outputs (pass@1), averaged over the tasks that it happened to answer. Each answered other tasks, so a difference may come from the tasks'

/** Whether a run's score is that of a mixture. */
export function isMixture(served: ServedCounts | null): served is ServedCounts {
  return served !== null && (served.by.length > 1 || served.mixed_samples > 0)
}

/** `Azure, gpt-5 (120 samples); Novita, gpt-5 (80 samples); 3 samples by several of them`; empty if no reply named anyone. */
export function explainServed({ by, mixed_samples, unknown_samples, ...kinds }: ServedCounts): string {
  const shares = by.map((share) =>
    by.length === 1 && mixed_samples + unknown_samples === 0
      ? nameServed(share)
      : `${nameServed(share)} (${count(share.samples, 'sample')})`,
  )
  if (shares.length === 0 && mixed_samples === 0) return ''
  return [
    ...shares,
    ...(mixed_samples > 0 ? [`${count(mixed_samples, 'sample')} by several of them`] : []),
    ...(unknown_samples > 0 ? [`${count(unknown_samples, 'sample')} with nobody named`] : []),
    ...nameKinds('service tier', kinds.service_tiers),
    ...nameKinds('system fingerprint', kinds.system_fingerprints),
  ].join('; ')
}

/** Per host and snapshot on one split: its name, its score, and what that covers. Nothing if one answered everything. */
export function listServedScores(
  served: ServedCounts | null,
  place: { readonly dataset: string; readonly split: string },
): { readonly name: string; readonly score: string; readonly over: string }[] {
  if (!isMixture(served)) return []
  return served.by.flatMap((share) =>
    (share.scores ?? [])
      .filter(({ dataset, split }) => dataset === place.dataset && split === place.split)
      .map(({ tasks, samples, pass_at_1 }) => ({
        name: nameServed(share),
        score: renderScore(pass_at_1),
        over: `${count(samples, 'sample')} of ${count(tasks, 'task')}`,
      })),
  )
}

/** The one, or how many: fingerprints change often. */
function nameKinds(kind: string, counts: Readonly<Record<string, number>>): string[] {
  const names = Object.keys(counts)
  const [first] = names
  if (first === undefined) return []
  return [
    names.length === 1
      ? `${kind} ${first}`
      : `${count(names.length, kind)}: ${names.slice(0, 3).join(', ')}${names.length > 3 ? '…' : ''}`,
  ]
}
