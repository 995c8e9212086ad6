import { createMentionCheck } from './is-mention.ts'
import { listTokens, type Token } from './list-tokens.ts'
import { splitLines } from './split-lines.ts'

/** A model's text, taken apart. */
export interface AnswerText {
  /** Everything up to the end of the thinking: never an answer. */
  readonly draft: string
  /** Lines of the answer, without the tokens of a chat template. Empty where the thinking never ended. */
  readonly lines: readonly string[]
  /** Thinking was begun and never ended. */
  readonly unfinished: boolean
}

/**
 * Finds the answer in a model's text: what follows the end of its thinking, up to the end of its turn.
 *
 * Servers that know a model send its thinking in a field of its own and drop the tokens of its chat template. Many do not, so both
 * are found here wherever they stand. The rules:
 *
 * - Thinking that was opened lasts until its closing token; what precedes the end of the last thinking is draft. An empty pair
 *   after text is no thinking.
 * - A closing token without an opening ends thinking that the template opened, once. Later ones are only spoken of.
 * - Thinking that was never closed leaves no answer, unless nothing follows the opening.
 * - The first token that ends a turn ends the answer: what follows is a dialogue that the model made up. Before any text it
 *   belongs to the beginning and is dropped.
 * - Tokens that are only mentioned stay where they are (`createMentionCheck`).
 *
 * Time grows with the text and no faster.
 */
export function readAnswerText(raw: string): AnswerText {
  const text = dropTheUnprintable(raw)
  const bare = readBareHarmony(text)
  if (bare !== undefined) return bare
  const tokens = [...listTokens(text)]
  const lastClosings = new Map(tokens.filter(({ kind }) => kind === 'close').map((token) => [token.family, token.from]))
  const isMention = createMentionCheck(text)

  let start = 0
  /** Where the answer's next piece begins, and the pieces before it. */
  let from = 0
  let pieces: string[] = []
  let hasWords = false
  let open: Token | undefined
  let wasClosed = false
  let end = text.length

  const keep = (to: number) => {
    const piece = text.slice(from, to)
    hasWords ||= piece.trim() !== ''
    pieces.push(piece)
  }
  const beginAnswer = (at: number) => {
    start = from = at
    pieces = []
    hasWords = false
    wasClosed = true
  }
  for (const token of tokens) {
    if (open !== undefined) {
      const closes =
        token.kind === 'close' && (token.family === open.family || (lastClosings.get(open.family) ?? -1) < token.from)
      if (!closes || isMention(token, false)) continue
      if (hasWords && text.slice(open.to, token.from).trim() === '') from = token.to
      else beginAnswer(token.to)
      open = undefined
    } else if (token.kind === 'close') {
      if (!wasClosed && !isMention(token, true)) beginAnswer(token.to)
    } else if (!isMention(token, token.kind === 'open')) {
      keep(token.from)
      from = token.to
      if (token.kind === 'open') open = token
      if (token.kind === 'turn' && hasWords) {
        end = token.from
        from = end
        break
      }
    }
  }
  if (open !== undefined && text.slice(open.to).trim() !== '') return { draft: text, lines: [], unfinished: true }
  keep(end)
  return { draft: text.slice(0, start), lines: splitLines(unwrap(pieces.join('\n'))), unfinished: false }
}

/** gpt-oss behind a server that drops the tokens of its format and keeps the names of its channels: `analysisThe… assistantfinalIt…`. */
function readBareHarmony(text: string): AnswerText | undefined {
  const trimmed = text.trimStart()
  if (!trimmed.startsWith('analysis')) return undefined
  const marker = 'assistantfinal'
  const at = text.indexOf(marker)
  if (at >= 0) {
    return { draft: text.slice(0, at), lines: splitLines(text.slice(at + marker.length)), unfinished: false }
  }
  return /^analysis\p{Lu}/u.test(trimmed) ? { draft: text, lines: [], unfinished: true } : undefined
}

/** Byte order marks and spaces of no width, at which Python stops; and hard spaces where a line is indented. */
function dropTheUnprintable(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/^[\uFEFF\u200B\u2060]+/gm, '')
    .replaceAll(/^[ \t]*\u00A0[ \t\u00A0]*/gm, (indent) => indent.replaceAll('\u00A0', ' '))
}

const wrappers = 'answer|final_answer|final|response|output|solution|result|grid|code|program|python'
// So many at most: an endless row of tags runs out of stack.
const wrapperAtStart = new RegExp(String.raw`^(?:[ \t]*</?(?:${wrappers})>){1,20}`, 'gim')
const wrapperAtEnd = new RegExp(String.raw`</?(?:${wrappers})>[ \t]*$`, 'gim')

/** Takes off tags that an answer is wrapped in, at the edges of lines: in the middle of one they are part of what is said. */
function unwrap(answer: string): string {
  return answer.replaceAll(wrapperAtStart, '\n').replaceAll(wrapperAtEnd, '\n')
}
