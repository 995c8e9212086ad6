import type { AnswerText } from './answer-text/read-answer-text.ts'

/** A model's text without some lines of its answer: the draft, and the text before and after them, as paragraphs. */
export function joinAround(
  { draft, lines }: Pick<AnswerText, 'draft' | 'lines'>,
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: 0 },
): string {
  const parts = [draft, lines.slice(0, from).join('\n'), lines.slice(to).join('\n')].map((part) => part.trim())
  return parts.filter((part) => part !== '').join('\n\n')
}
