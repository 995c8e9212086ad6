/** A fenced block of Markdown. `from` and `to` are line numbers, fences included, `to` excluded. */
export interface CodeBlock {
  /** First word after the opening fence in lower case; empty where there is none. */
  readonly language: string
  readonly code: string
  readonly from: number
  readonly to: number
  /** False when the text ended before a closing fence came. */
  readonly closed: boolean
}

/** Prose may stand before a fence on its line (`Here it is: ```python`), but only when the fence names Python. */
const opening = /^(?:(?<indent>\s*)|.*?)(?<fence>`{3,}|~{3,})\s*\{?(?<language>[\w+-]*)[^`]*$/
const pythonOpening = /(?:`{3,}|~{3,})\s*\{?(?:python|py)\d*\b[^`]*$/i
const closing = /^\s*(?<fence>`{3,}|~{3,})\s*$/

/** Longer lines open no block: no fence is that long, and searching one for fences would take time by its square. */
const longestOpening = 200

/** A fence inside a docstring is no fence; how many to pass over before taking it that the quotes are what is wrong. */
const mostFencesPassedOver = 3

/** Lists the fenced blocks of a model's text in order. Liberal where models are careless, never throws. */
export function listCodeBlocks(lines: readonly string[]): CodeBlock[] {
  const blocks: CodeBlock[] = []
  for (let line = 0; line < lines.length; line += 1) {
    const block = readBlock(lines, line)
    if (!block) continue
    blocks.push(block)
    line = block.to - 1
  }
  return blocks
}

function readBlock(lines: readonly string[], from: number): CodeBlock | undefined {
  const text = lines[from] ?? ''
  if (text.length > longestOpening) return undefined
  const { indent, fence, language } = opening.exec(text)?.groups ?? {}
  if (fence === undefined || (indent === undefined && !pythonOpening.test(text))) return undefined
  const end = findEnd(lines, from + 1, fence)
  return {
    language: (language ?? '').toLowerCase(),
    code: dedent(lines.slice(from + 1, end.line)).join('\n'),
    from,
    to: end.closed ? end.line + 1 : end.line,
    closed: end.closed,
  }
}

/** The line of the closing fence; or the line of a new Python block, or the end, when the block was never closed. */
function findEnd(lines: readonly string[], from: number, fence: string): { line: number; closed: boolean } {
  const quotes = { '"""': 0, "'''": 0 }
  let first: number | undefined
  let passedOver = 0
  for (let line = from; line < lines.length && passedOver < mostFencesPassedOver; line += 1) {
    const text = lines[line] ?? ''
    const inString = quotes['"""'] % 2 === 1 || quotes["'''"] % 2 === 1
    if (isClosing(text, fence)) {
      if (!inString) return { line, closed: true }
      first ??= line
      passedOver += 1
    } else if (!inString && text.length <= longestOpening && pythonOpening.test(text)) {
      return { line, closed: false }
    }
    quotes['"""'] += text.split('"""').length - 1
    quotes["'''"] += text.split("'''").length - 1
  }
  return first === undefined ? { line: lines.length, closed: false } : { line: first, closed: true }
}

/** CommonMark 4.5: a fence is closed by one of the same character and at least the same length. */
function isClosing(text: string, fence: string): boolean {
  return closing.exec(text)?.groups?.['fence']?.startsWith(fence) ?? false
}

/** Takes from each line the white space that all lines begin with, as a block inside a list has it. */
function dedent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '')
  const shared = indents.reduce((a, b) => commonPrefix(a, b), indents[0] ?? '')
  return lines.map((line) => (line.startsWith(shared) ? line.slice(shared.length) : line.trimStart()))
}

function commonPrefix(a: string, b: string): string {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return a.slice(0, length)
}
