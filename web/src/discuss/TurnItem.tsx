import type { ReactNode } from 'react'
import type { DiscussionAnswer, TurnDocument } from '../../../src/api/documents.ts'
import { renderCost } from '../../../src/domain/format.ts'
import { AnswerText } from './AnswerText.tsx'
import styles from './TurnItem.module.css'
import type { Coming } from './use-conversation.ts'

interface TurnItemProps {
  readonly turn: TurnDocument
  /** What has come of its answer, if that is under way. */
  readonly coming: Coming | undefined
  readonly isLast: boolean
  /** Undefined where the reader may not ask, or keep. */
  readonly onAgain: (() => void) | undefined
  readonly onKeep: (() => void) | undefined
  /** Buttons below a program. */
  readonly renderTools: (program: string) => ReactNode
}

/** A question, and what a model answered. */
export function TurnItem({ turn, coming, isLast, onAgain, onKeep, renderTools }: TurnItemProps) {
  const { text, model, answer, shown } = turn
  const { state } = answer
  const came = coming ?? { text: answer.text, reasoning: answer.reasoning ?? '' }
  const why = describeEnd(answer)
  return (
    <li className={styles.turn}>
      <div className={styles.question}>
        <p dir="auto">{text}</p>
        <p className="hint">{describeShown(shown)}</p>
        <details>
          <summary>As it was sent</summary>
          <pre className={styles.sent}>{turn.content}</pre>
        </details>
      </div>
      <div className={styles.reply} aria-busy={state === 'under-way'}>
        <p className={styles.who}>
          <bdi>{model}</bdi>
          {state === 'under-way' && came.text === '' && <span className="waiting"> is thinking…</span>}
        </p>
        {came.reasoning.trim() !== '' && (
          <details>
            <summary>Its reasoning</summary>
            <pre className={styles.sent}>{came.reasoning}</pre>
          </details>
        )}
        {came.text !== '' && (
          <AnswerText text={came.text} renderTools={state === 'under-way' ? undefined : renderTools} />
        )}
        {why && <p className="notice">{why}</p>}
        {state !== 'under-way' && (
          <p className="buttons">
            {isLast && onAgain && (
              <button type="button" onClick={onAgain}>
                Ask again
              </button>
            )}
            {onKeep && answer.text.trim() !== '' && state !== 'failed' && (
              <button type="button" onClick={onKeep}>
                Keep as trace
              </button>
            )}
            <span className="hint">{describeCost(answer)}</span>
          </p>
        )}
      </div>
    </li>
  )
}

function describeEnd({ state, reason, text, truncated }: DiscussionAnswer): string | undefined {
  if (state === 'lost') return 'No answer: the server stopped.'
  if (state === 'stopped') return text === '' ? 'Stopped before anything came.' : 'Stopped here.'
  if (state === 'failed')
    return `${text === '' ? 'No answer' : 'It broke off here'}: ${reason ?? 'the reason is not known'}`
  if (reason !== null) return `Refused: ${reason}`
  if (truncated)
    return 'The limit of tokens cut it off here: raise defaults.maxTokens of the model in arcloom.models.json.'
  return state === 'complete' && text.trim() === '' ? 'The answer is empty.' : undefined
}

function describeCost({ cost_usd, state, usage }: DiscussionAnswer): string {
  if (state === 'lost' || (cost_usd === null && state !== 'complete')) return 'cost unknown, counted at its maximum'
  const tokens = usage?.completion_tokens
  const words = cost_usd === null ? 'cost unknown' : renderCost(cost_usd)
  return tokens ? `${words}, ${tokens} tokens` : words
}

function describeShown({ version, steps, task_hash, traces, drawing, sample }: TurnDocument['shown']): string {
  const parts = [
    ...(task_hash === null
      ? []
      : [`the task${version > 0 ? `, version ${version}` : ''}${steps === '' ? '' : ', transformed'}`]),
    ...(traces.length === 0 ? [] : [traces.length === 1 ? 'a trace' : `${traces.length} traces`]),
    ...(sample === null ? [] : [`sample ${sample.sample + 1} of ${sample.run}`]),
    ...(drawing === null ? [] : [`your drawing for test input ${drawing + 1}`]),
  ]
  return parts.length === 0 ? '' : `Shown: ${parts.join('; ')}.`
}
