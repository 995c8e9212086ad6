import { readAnswerText } from '../answers/answer-text/read-answer-text.ts'
import type { Reply } from '../recipes/recipe.ts'

export const reasoningForms = ['none', 'think', 'reasoning_content'] as const

/**
 * How a training row includes the reasoning that the provider sent beside the answer: not at all, in `<think>` tags before
 * the answer, or in a field of its own. Chat templates that know reasoning (such as Qwen3's) render the last two alike; others
 * drop the field.
 */
export type ReasoningForm = (typeof reasoningForms)[number]

/** An assistant's message of a training row. */
export interface AnswerMessage {
  readonly role: 'assistant'
  readonly content: string
  readonly reasoning_content?: string
}

/** Whether the model's reasoning is known: from a field of the provider, or because it is in the answer's own text. */
export function hasReasoning(reply: Pick<Reply, 'text' | 'reasoning'>): boolean {
  return trimReasoning(reply.reasoning) !== '' || thinksInText(reply.text)
}

/**
 * The answer as an assistant's message. An answer whose text holds its thinking stays as it is: it would be in the row twice.
 *
 * With `reasoning_content`, every row has the field, empty if there is no reasoning: Hugging Face's `datasets` infers the
 * fields of a file from its first rows.
 */
export function renderAnswer(
  { text, reasoning }: Pick<Reply, 'text' | 'reasoning'>,
  form: ReasoningForm,
): AnswerMessage {
  if (form === 'none') return { role: 'assistant', content: text }
  const thoughts = thinksInText(text) ? '' : trimReasoning(reasoning)
  if (form === 'reasoning_content') return { role: 'assistant', content: text, reasoning_content: thoughts }
  return { role: 'assistant', content: thoughts === '' ? text : `<think>\n${thoughts}\n</think>\n\n${text}` }
}

function thinksInText(text: string): boolean {
  return readAnswerText(text).draft.trim() !== ''
}

/**
 * Some servers send the tags along, whole or only the closing one. Tags within the reasoning get a space: `</think>` would end the
 * block too early, in the row itself or once a chat template has rendered it.
 */
function trimReasoning(reasoning = ''): string {
  return reasoning
    .trim()
    .replace(/^<think>/, '')
    .replace(/<\/think>$/, '')
    .trim()
    .replaceAll(/<(\/?)think>/g, '<$1 think>')
}
