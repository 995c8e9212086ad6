import type { ReactNode } from 'react'
import type { RunPageDocument } from '../../../src/api/documents.ts'
import { count } from '../../../src/domain/count.ts'
import { renderCost, renderDuration, renderTokens } from '../../../src/domain/format.ts'
import { selectBottleneck } from '../../../src/domain/load/select-bottleneck.ts'
import {
  explainServed,
  isMixture,
  listServedScores,
  servedScoreWords,
} from '../../../src/domain/results/explain-served.ts'
import { isOpen } from '../../../src/domain/runs/run.ts'
import { Link } from '../address/Link.tsx'
import { reportAddress } from '../data/api.ts'
import { currentSource } from '../data/source.ts'
import { sayInFields } from '../parts/field-titles.ts'
import { useMayAct } from '../parts/hooks/use-acting.ts'
import { describeKind, describePlace, describeSamples, describeState } from '../parts/run-words.ts'
import { ScoreBar } from '../parts/ScoreBar.tsx'
import styles from './RunPage.module.css'

/** The numbers of a run's report, and what an open run is doing. */
export function RunFacts({ about }: { readonly about: RunPageDocument }) {
  const { summary, document, answers, controls } = about
  const { tasks } = summary
  const mayAct = useMayAct()
  return (
    <section className={styles.facts} aria-label="Numbers">
      <p className={styles.what}>
        {describeKind(summary)}
        {summary.model !== null && ` · ${summary.model}`}
        {describeSamples(summary) !== undefined && ` · ${describeSamples(summary)}`}
        {` · ${summary.places.map(describePlace).join(', ')}`}
      </p>
      {isOpen(summary.state) && <Doing about={about} />}
      <dl className={styles.numbers}>
        <Fact name="State">
          {describeState(summary)}
          {summary.reason !== null && <span className={styles.soft}>{summary.reason}</span>}
        </Fact>
        <Fact name="Tasks recorded">
          {tasks.done} of {tasks.total}
          {tasks.failed > 0 && <span className={styles.soft}>{tasks.failed} failed</span>}
        </Fact>
        {document && <Scores about={document} />}
        <Fact name="Cost">
          {document ? renderCost(document.cost_usd) : '…'}
          {controls.budget_usd !== null && <span className={styles.soft}>of a budget of ${controls.budget_usd}</span>}
          {document && document.cost_usd === null && (
            <span className={styles.soft}>at least {renderCost(document.cost_at_least_usd)}</span>
          )}
        </Fact>
        <Fact name="Time open">{renderDuration(summary.open_seconds)}</Fact>
        {document && (
          <>
            <Fact name="Requests">
              {document.requests.sent}
              <span className={styles.soft}>
                {document.requests.failed} failed, {document.requests.rejected} rejected
              </span>
            </Fact>
            <Fact name="Tokens">
              {renderTokens(document.usage.completion_tokens)} out
              <span className={styles.soft}>{renderTokens(document.usage.prompt_tokens)} in</span>
            </Fact>
          </>
        )}
        {answers && (
          <Fact name="Answers stored">
            {answers.stored}
            {answers.wanted !== null && ` of ${answers.wanted}`}
          </Fact>
        )}
      </dl>
      {document && <ServedBy about={document} />}
      {document?.warnings.map((warning) => (
        <p key={warning} className="notice">
          {warning}
        </p>
      ))}
      <p className={styles.links}>
        {summary.recipe !== null && currentSource().isLive && (
          <Link to={{ page: 'annotate', view: { runs: [summary.run_id] } }}>Label its reasoning</Link>
        )}
        {about.has_report && (
          <a href={reportAddress(summary.run_id)} target="_blank" rel="noreferrer">
            Report
          </a>
        )}
        {mayAct && document !== null && document.temporal_ui !== null && isReachable(document.temporal_ui) && (
          <a href={document.temporal_ui} target="_blank" rel="noreferrer">
            In the Temporal UI
          </a>
        )}
      </p>
    </section>
  )
}

/** A loopback address is of the server's machine, which the reader may not sit at. */
function isReachable(address: string): boolean {
  return !isLoopback(new URL(address).hostname) || isLoopback(window.location.hostname)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.')
}

/** An estimate, no finer than it is. */
function renderRoughly(seconds: number): string {
  if (seconds < 90) return `${Math.max(5, 5 * Math.round(seconds / 5))} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

/** What an open run is doing, and why it waits. */
function Doing({ about: { summary, document, seconds_left } }: { readonly about: RunPageDocument }) {
  const { done, total } = summary.tasks
  const limit = selectBottleneck(document?.limited_by, summary.gate_wait)
  return (
    <div className={styles.doing}>
      <progress max={Math.max(1, total)} value={done} aria-label="Tasks recorded" />
      <p role="status">
        {summary.in_flight === 1 ? '1 request in flight' : `${summary.in_flight} requests in flight`}
        {document !== null &&
          document.waiting_since !== null &&
          `, the oldest since ${new Date(document.waiting_since).toLocaleTimeString()}`}
        {seconds_left !== null && `; about ${renderRoughly(seconds_left)} left, by the pace of the latest answers`}
      </p>
      {summary.gate_wait !== null && <p role="status">{summary.gate_wait}.</p>}
      {limit !== null && (
        <p>
          Limited by {limit.name}: {sayInFields(limit.words)}.
        </p>
      )}
      {summary.waiting_for !== null && (
        <p className="notice">
          It waits: <span className={styles.reason}>{summary.waiting_for}</span>
        </p>
      )}
    </div>
  )
}

function Scores({ about }: { readonly about: NonNullable<RunPageDocument['document']> }) {
  const scoreList = about.recorded_scores ?? about.scores
  // Before anything is recorded a score would be 0 % of all tasks, which nobody has measured.
  if (scoreList && about.tasks.done === 0)
    return (
      <Fact name="Score">
        <span className={styles.soft}>none before the first task is recorded</span>
      </Fact>
    )
  return (
    <>
      {scoreList?.map(({ dataset, split, tasks, leaderboard }) => (
        <Fact
          key={`${dataset} ${split}`}
          name={scoreList.length > 1 ? `Score on ${describePlace({ dataset, split })}` : 'Score'}
        >
          <ScoreBar score={leaderboard} />
          <span className={styles.soft}>over {count(tasks, about.recorded_scores ? 'recorded task' : 'task')}</span>
          {isMixture(about.served) && <span className={styles.soft}>of several hosts or snapshots, listed below</span>}
        </Fact>
      ))}
      {scoreList && (
        <Fact name="Any sample right">
          {about.any_sample_right}{' '}
          <span className={styles.soft}>of {about.tasks.done} recorded; an oracle’s count, not a score</span>
        </Fact>
      )}
    </>
  )
}

/** Who answered; where several did, the score of each. */
function ServedBy({ about: { served, scores } }: { readonly about: NonNullable<RunPageDocument['document']> }) {
  const words = served === null ? '' : explainServed(served)
  if (words === '') return null
  const parts = (scores ?? []).flatMap((place) => listServedScores(served, place).map((part) => ({ place, ...part })))
  return (
    <>
      <p className={styles.what}>Served by {words}</p>
      {parts.length > 0 && (
        <section aria-label="Score by host and snapshot">
          <ul>
            {parts.map(({ place, name, score, over }) => (
              <li key={`${describePlace(place)} ${name}`}>
                {name}
                {(scores ?? []).length > 1 && ` on ${describePlace(place)}`}: {score}, over {over}
              </li>
            ))}
          </ul>
          <p className={styles.soft}>Each score is {servedScoreWords}.</p>
        </section>
      )}
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
