import type { Judged, Rescoring } from '../../domain/compare/rescoring.ts'
import { count } from '../../domain/count.ts'
import { nameSplit, renderScore } from '../../domain/format.ts'
import type { Score, SplitScores } from '../../domain/scores/score-tallies.ts'
import { listPassAt } from '../../report/render-scores.ts'
import { fitTable } from '../terminal/render-table.ts'
import { wrapText } from '../terminal/wrap-text.ts'

/** A run's reported numbers beside the new ones, for people. */
export function renderRescoring(rescoring: Rescoring, columns = Infinity): string {
  const { run_id, samples, samples_changed, programs_run_again, verification, before, after } = rescoring
  const execution =
    verification === null
      ? ''
      : `; ${count(programs_run_again, 'program was', 'programs were')} run again, as ${verification}`
  const names = [...new Set([...Object.keys(before.verdicts), ...Object.keys(after.verdicts)])].sort()
  const rows = [
    ...(after.scores ?? []).flatMap((scores) => listScores(scores, before)),
    ['solved', String(before.solved_task_ids.length), String(after.solved_task_ids.length)],
    ...names.map((name) => [`verdict ${name}`, String(before.verdicts[name] ?? 0), String(after.verdicts[name] ?? 0)]),
    ['selection', renderRule(before), renderRule(after)],
  ]
  const lines = [
    `${run_id}, rescored from its stored answers: ${samples_changed} of ${count(samples, 'sample')} changed${execution}.`,
    '',
    fitTable(['', 'as reported', 'now'], rows, columns),
    '',
    `newly solved: ${renderNames(rescoring.newly_solved)}`,
    `no longer solved: ${renderNames(rescoring.no_longer_solved)}`,
  ]
  return wrapText(lines.join('\n'), columns)
}

function listScores(after: SplitScores, { scores }: Judged): string[][] {
  const before = scores?.find(({ dataset, split }) => dataset === after.dataset && split === after.split)
  const row = (name: string, old: Score | undefined, now: Score) => [name, renderKnown(old), renderKnown(now)]
  return [
    [nameSplit(after), '', ''],
    row('  leaderboard', before?.leaderboard, after.leaderboard),
    row('  strict', before?.strict, after.strict),
    row('  per output', before?.per_output, after.per_output),
    ...listPassAt(after).map(({ k, score }) => row(`  pass@${k}`, before?.pass_at[k - 1], score)),
  ]
}

function renderKnown(score: Score | undefined): string {
  return score === undefined ? '–' : renderScore(score)
}

function renderRule({ scoring: { selection_rule } }: Judged): string {
  return `${selection_rule.name} ${selection_rule.version}`
}

function renderNames(names: readonly string[]): string {
  return names.length === 0 ? 'none' : `${names.length}: ${names.join(', ')}`
}
