import { createMentionCheck } from './is-mention.ts'
import { listTokens, type Token } from './list-tokens.ts'
import { splitLines } from './split-lines.ts'

/** A model's text, split into its parts. */
export interface AnswerText {
  /** Everything up to the end of the thinking: never an answer. */
  readonly draft: string
  /** Lines of the answer, without chat-template tokens. Empty if the thinking never ended. */
  readonly lines: readonly string[]
  /** Thinking began and never ended. */
  readonly unfinished: boolean
}

/**
 * Finds the answer in a model's text: what follows the end of its thinking, up to the end of its turn.
 *
 * Servers that know a model send its thinking in a separate field and drop the tokens of its chat template. Many do not, so both
 * are recognised here wherever they are. The rules:
 *
 * - Thinking lasts until its closing token; everything before the end of the last thinking is draft. An empty pair
 *   after text does not count as thinking.
 * - A closing token without an opening ends thinking that the template opened, once. Later ones are mere text.
 * - Thinking that was never closed leaves no answer, unless nothing follows the opening.
 * - The first token that ends a turn ends the answer: the rest is a dialogue that the model made up. Before any text it
 *   belongs to the beginning and is dropped.
 * - Tokens that are only mentioned stay (`createMentionCheck`).
 *
 * Linear in the text's length.
 */
export function readAnswerText(reply: string): AnswerText {
  const text = dropTheUnprintable(reply)
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
  let openToken: Token | undefined
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
    if (openToken !== undefined) {
      const closes =
        token.kind === 'close' &&
        (token.family === openToken.family || (lastClosings.get(openToken.family) ?? -1) < token.from)
      if (!closes || isMention(token, false)) continue
      if (hasWords && text.slice(openToken.to, token.from).trim() === '') from = token.to
      else beginAnswer(token.to)
      openToken = undefined
    } else if (token.kind === 'close') {
      if (!wasClosed && !isMention(token, true)) beginAnswer(token.to)
    } else if (!isMention(token, token.kind === 'open')) {
      keep(token.from)
      from = token.to
      if (token.kind === 'open') openToken = token
      if (token.kind === 'turn' && hasWords) {
        end = token.from
        from = end
        break
      }
    }
  }
  if (openToken !== undefined && text.slice(openToken.to).trim() !== '')
    return { draft: text, lines: [], unfinished: true }
  keep(end)
  return { draft: text.slice(0, start), lines: splitLines(unwrap(pieces.join('\n'))), unfinished: false }
}

/** gpt-oss behind a server that drops its format's tokens but keeps the channel names: `analysisThe… assistantfinalIt…`. */
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

/** Byte order marks and zero-width spaces, which Python rejects; and non-breaking spaces in indentation. */
function dropTheUnprintable(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/^[\uFEFF\u200B\u2060]+/gm, '')
    .replaceAll(/^[ \t]*\u00A0[ \t\u00A0]*/gm, (indent) => indent.replaceAll('\u00A0', ' '))
}

const wrappers = 'answer|final_answer|final|response|output|solution|result|grid|code|program|python'
// At most this many: an endless row of tags would overflow the stack.
const wrapperAtStart = new RegExp(String.raw`^(?:[ \t]*</?(?:${wrappers})>){1,20}`, 'gim')
const wrapperAtEnd = new RegExp(String.raw`</?(?:${wrappers})>[ \t]*$`, 'gim')

/** Removes tags that an answer is wrapped in, at the edges of lines: within a line they are part of the text. */
function unwrap(answer: string): string {
  return answer.replaceAll(wrapperAtStart, '\n').replaceAll(wrapperAtEnd, '\n')
}
