import type { RoundDocument, SampleDocument } from '../../../src/api/documents.ts'
import { renderCost, renderDuration, renderTokens } from '../../../src/domain/format.ts'
import { addCost, addUsage, noUsage } from '../../../src/domain/models/usage.ts'
import styles from './SampleFacts.module.css'

/** Who answered, at what cost, and with what result: over all rounds. */
export function SampleFacts({ document }: { readonly document: SampleDocument }) {
  return (
    <dl className={styles.facts}>
      {listFacts(document).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function listFacts(document: SampleDocument): [name: string, value: string][] {
  const { item, model, provider, rounds, attempts, source, kind, recipe } = document
  const about: [string, string][] = [
    ['Dataset', `${item.dataset}, ${item.split}`],
    ['Run', [kind, recipe].filter(Boolean).join(', ')],
  ]
  const selected = attempts.flatMap((attempt, test) => (attempt === null ? [] : [`${attempt} for test ${test + 1}`]))
  const handedIn: [string, string] = ['Selected as attempt', selected.length > 0 ? selected.join(', ') : 'none']
  if (source) return [...about, handedIn, ['Program from', `${source.origin}, ${source.place}`]]
  const usage = rounds.reduce((sum, round) => addUsage(sum, round.usage), noUsage)
  const cost = rounds.reduce<number | null>((sum, round) => addCost(sum, round.cost_usd), 0)
  const seconds = rounds.reduce((sum, round) => sum + round.time_seconds, 0)
  return [
    ...about,
    ['Model', `${model} (${provider})`],
    ['Served by', listServers(rounds).join('; ') || 'not reported'],
    ['Rounds', String(rounds.length)],
    ['Tokens', `${renderTokens(usage.prompt_tokens)} in, ${renderTokens(usage.completion_tokens)} out`],
    ['Cost', cost === null ? 'unknown' : renderCost(cost)],
    ['Time', renderDuration(seconds)],
    ...(document.correct === null ? [] : [handedIn]),
  ]
}

function listServers(rounds: readonly RoundDocument[]): string[] {
  const names = rounds.flatMap(({ calls }) =>
    calls.map(({ served_by: { host, model } }) => [host, model].filter(Boolean).join(', ')),
  )
  return [...new Set(names)].filter((name) => name !== '')
}
