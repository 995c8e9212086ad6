import type { CallDocument } from '../../../src/api/documents.ts'
import { renderCost, renderDuration, renderTokens } from '../../../src/domain/format.ts'
import type { Message } from '../../../src/domain/recipes/recipe.ts'
import { explainOutcome } from '../../../src/domain/runs/explain-no-grid.ts'
import styles from './Call.module.css'
import { Fold } from './Fold.tsx'
import { PlainText } from './PlainText.tsx'

interface CallProps {
  readonly call: CallDocument
  /** The messages of the previous round; anything after them is what was returned to the model. */
  readonly before: readonly Message[] | undefined
}

/** One request and its answer: what was sent, what came back, who served it, and its cost. */
export function Call({ call, before }: CallProps) {
  const { test, messages, outcome, problem, rejected, refusal, text, reasoning } = call
  const same = before === undefined ? 0 : countShared(messages, before)
  const [question, later] = [messages.slice(0, same || messages.length), same > 0 ? messages.slice(same) : []]
  return (
    <div className={styles.call}>
      {test !== null && <h3>Request for test input {test + 1}</h3>}
      {outcome !== 'answered' && <p className={styles.fault}>{explainOutcome(outcome, problem)}.</p>}
      {rejected !== null && <PlainText text={rejected} label="Why the provider did not accept the request" />}
      {refusal !== null && <PlainText text={refusal} label="The refusal" />}
      {later.length > 0 && (
        <Fold title="What went back" hint={size(later)} isOpen>
          <Messages messages={later} />
        </Fold>
      )}
      <Fold title="The question as it was sent" hint={size(question)}>
        <Messages messages={question} />
        <PlainText text={JSON.stringify(call.parameters, null, 2)} label="Parameters" />
      </Fold>
      {reasoning !== null && (
        <Fold title="Reasoning" hint={characters(reasoning.length)}>
          <PlainText text={reasoning} label="Reasoning" />
        </Fold>
      )}
      {rejected === null && (
        <Fold title="The answer" hint={characters(text.length)}>
          <PlainText text={text} label="Answer" />
        </Fold>
      )}
      <p className="hint">{describeCall(call)}</p>
    </div>
  )
}

function Messages({ messages }: { readonly messages: readonly Message[] }) {
  return messages.map(({ role, content }, index) => (
    <div key={index} className={styles.message}>
      <span className={styles.role}>{role}</span>
      <PlainText text={content} label={`Message of role ${role}`} />
    </div>
  ))
}

/** Later rounds repeat the conversation so far, and then continue it. */
function countShared(messages: readonly Message[], before: readonly Message[]): number {
  const other = messages.findIndex(({ content }, index) => content !== before[index]?.content)
  return other < 0 ? messages.length : other
}

function describeCall({ served_by, finish_reason, usage, cost_usd, time_seconds, request_id }: CallDocument): string {
  const { model, host, service_tier, system_fingerprint, base_url } = served_by
  return [
    model === null && host === null ? undefined : `Served by ${[host, model].filter(Boolean).join(', ')}`,
    service_tier === undefined ? undefined : `service tier ${service_tier}`,
    system_fingerprint === undefined ? undefined : `system fingerprint ${system_fingerprint}`,
    base_url === undefined ? undefined : `at ${base_url}`,
    `${renderTokens(usage.prompt_tokens)} tokens in, ${renderTokens(usage.completion_tokens)} out`,
    cost_usd === null ? 'cost unknown' : renderCost(cost_usd),
    renderDuration(time_seconds),
    finish_reason === null ? undefined : `ended with ${finish_reason}`,
    request_id === null ? undefined : `request ${request_id}`,
  ]
    .filter(Boolean)
    .join(' · ')
}

const size = (messages: readonly Message[]) =>
  characters(messages.reduce((sum, { content }) => sum + content.length, 0))
const characters = (length: number) => `${length.toLocaleString('en-US')} characters`
