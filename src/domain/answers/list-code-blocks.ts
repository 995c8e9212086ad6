/** A fenced block of Markdown. `from` and `to` are line numbers, fences included, `to` excluded. */
export interface CodeBlock {
  /** First word after the opening fence, in lower case; empty if there is none. */
  readonly language: string
  readonly code: string
  readonly from: number
  readonly to: number
  /** False if the text ended, or another block began, before a closing fence. */
  readonly closed: boolean
}

interface Opening {
  readonly fence: string
  readonly language: string
  /** Code on the line of the opening fence. */
  readonly code: string
  /** Depth of quotation, by `>`. */
  readonly depth: number
}

/** A fence matches entirely or not at all: trying shorter ones is quadratic in a long line. */
const openingLine = /^(?<before>.*?)(?<fence>(?<!`)`{3,}(?!`)|(?<!~)~{3,}(?!~))(?<info>[^`]*)$/
const python = /^\s*\{?\.?(?:python|py)\d*\b/i
const codeStart = /^(?:def |class |import |from \S+ import |async def |@\w|#)/
const quotes = /^\s*>[>\s]*/
const fenceLine = /^\s*(?<fence>`{3,}|~{3,})(?<rest>[^]*)$/
/** A word glued to a fence is a language: another block begins. Several words are prose after a closing fence. */
const oneWord = /^\{?\.?[A-Za-z][\w.:+=-]*\}?\s*$/

/** Longer lines open no block: no fence is that long, and searching one for fences is quadratic. */
const maxOpeningLength = 200

/** A fence inside a docstring is not a fence; after skipping this many, assume that the quotes are wrong instead. */
const maxSkippedFences = 3

/** The same limit in lines: every fence may have another length and begin a text that none of them closes. */
const maxSkippedLines = 1_000

/**
 * Lists the fenced blocks of a model's text in order. Liberal where models are careless: a fence may follow words if it names
 * Python, be quoted (`>`) or indented, have code after it on its line, or close at the end of the last line of code or with words
 * after it. Never throws.
 */
export function listCodeBlocks(lines: readonly string[]): CodeBlock[] {
  const blocks: CodeBlock[] = []
  for (let line = 0; line < lines.length; line += 1) {
    const block = readBlock(lines, line)
    if (!block) continue
    blocks.push(block)
    line = Math.max(line, block.to - 1)
  }
  return blocks
}

function readBlock(lines: readonly string[], from: number): CodeBlock | undefined {
  const opening = readOpening(lines[from] ?? '')
  if (opening === undefined) return undefined
  const { language, code, depth, fence } = opening
  const lineAt = (line: number) => unquote(lines[line], depth)
  const end = findEnd(lineAt, from + 1, fence)
  const inside = lines.slice(from + 1, end.line).map((_, index) => lineAt(from + 1 + index) ?? '')
  const last = end.lastCode === undefined ? [] : [end.lastCode]
  return {
    language,
    code: (code === '' ? dedent([...inside, ...last]) : [code, ...inside, ...last]).join('\n'),
    from,
    to: end.closed ? Math.min(end.line + 1, lines.length) : end.line,
    closed: end.closed,
  }
}

function readOpening(text: string): Opening | undefined {
  if (text.length > maxOpeningLength) return undefined
  const prefix = quotes.exec(text)?.[0] ?? ''
  const { before = '', fence, info = '' } = openingLine.exec(text)?.groups ?? {}
  if (fence === undefined) return undefined
  if (before.slice(prefix.length).trim() !== '' && !python.test(info)) return undefined
  const depth = prefix.split('>').length - 1
  if (codeStart.test(info)) return { fence, language: '', code: info, depth }
  const [tag = '', language = ''] = /^\s*\{?\.?([\w+-]*)\}?/.exec(info) ?? []
  const rest = info.slice(tag.length).trim()
  return { fence, language: language.toLowerCase(), code: codeStart.test(rest) ? rest : '', depth }
}

/** The line without quotation marks (`>`); undefined if the quotation has ended. */
function unquote(text: string | undefined, depth: number): string | undefined {
  if (text === undefined || depth === 0) return text
  let at = 0
  for (let marks = 0; marks < depth; marks += 1) {
    while (text[at] === ' ') at += 1
    if (text[at] !== '>') return undefined
    at += 1
  }
  return text.slice(text[at] === ' ' ? at + 1 : at)
}

interface End {
  /** The closing fence's line, or the first line after the block. */
  readonly line: number
  readonly closed: boolean
  /** The text before a closing fence on its line. */
  readonly lastCode?: string
}

/** A block's end: its closing fence or, if never closed, the start of another block, or the end of the quotation or text. */
function findEnd(lineAt: (line: number) => string | undefined, from: number, fence: string): End {
  const quotes = { '"""': 0, "'''": 0 }
  let first: End | undefined
  let passedOver = 0
  let line = from
  for (; passedOver < maxSkippedFences && line - (first?.line ?? line) < maxSkippedLines; line += 1) {
    const text = lineAt(line)
    if (text === undefined) break
    const inString = quotes['"""'] % 2 === 1 || quotes["'''"] % 2 === 1
    const mark = readFence(text, fence)
    if (mark === 'opening') {
      if (!inString) return { line, closed: false }
    } else if (mark !== undefined) {
      const end = { line, closed: true, ...(mark.code.trim() !== '' && { lastCode: mark.code }) }
      if (!inString) return end
      first ??= end
      passedOver += 1
    }
    quotes['"""'] += text.split('"""').length - 1
    quotes["'''"] += text.split("'''").length - 1
  }
  return first ?? { line, closed: false }
}

/** Whether a line inside a block begins another or ends this one, with the code before the fence that does. */
function readFence(text: string, fence: string): 'opening' | { readonly code: string } | undefined {
  const { fence: ownFence, rest = '' } = fenceLine.exec(text)?.groups ?? {}
  // CommonMark 4.5: a fence is closed by one of the same character and at least the same length.
  if (ownFence?.startsWith(fence)) return oneWord.test(rest) || python.test(rest) ? 'opening' : { code: '' }
  if (text.length <= maxOpeningLength && namesPython(text)) return 'opening'
  const at = fence.startsWith('`') ? findGluedFence(text, fence) : -1
  return at < 0 ? undefined : { code: text.slice(0, at).trimEnd() }
}

function namesPython(text: string): boolean {
  const { info = '' } = openingLine.exec(text)?.groups ?? {}
  return python.test(info)
}

/** Position of a closing fence after code on its line, outside strings and comments; −1 if there is none. */
function findGluedFence(text: string, fence: string): number {
  if (!text.includes(fence)) return -1
  let quote = ''
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\\') at += 1
    else if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '`' && text.startsWith(fence, at)) return at
    else if (character === '#') return text.trimEnd().endsWith(fence) ? text.lastIndexOf(fence) : -1
  }
  return -1
}

/** Removes the white space that all lines begin with, as in a block inside a list. */
function dedent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '')
  const indent = indents.reduce((a, b) => commonPrefix(a, b), indents[0] ?? '')
  return lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
}

function commonPrefix(a: string, b: string): string {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return a.slice(0, length)
}
