/** The text of a part of a results document: its metadata, or one of its entries, unparsed. */
export interface DocumentPart {
  readonly key: 'metadata' | 'entry'
  readonly text: string
  /** Line of its beginning, from 1. */
  readonly line: number
  /** Another entry, or the end of the file, came before it was complete. */
  readonly torn: boolean
}

interface OpenPart {
  readonly key: DocumentPart['key']
  readonly line: number
  /** The text before it on its line, if that is only white space. */
  readonly indent: string | undefined
  /** Brackets that were open before it. */
  readonly depth: number
  readonly texts: string[]
}

/** How much of an entry's start identifies the start of another one: `{"task_id": "`. */
const headLength = 10

/**
 * Takes a results document line by line, and returns the texts of its parts as they end, without parsing them: a NaN or a broken
 * list costs its own entry and no other.
 *
 * It tracks only brackets and strings. A JSON string never spans lines, so an unclosed one ends with its line. A closing bracket
 * without an opening one is ignored. A line that starts like the open entry, with the same indentation, starts another; then the
 * open one was torn.
 *
 * @param shape whether the document is a list of entries, or an object with them in `results`
 */
export function createEntryStream(shape: 'list' | 'object') {
  const entriesAt = shape === 'list' ? 1 : 2
  const openBrackets: string[] = []
  let part: OpenPart | undefined
  let inList = false
  let sawList = false
  let hasEnded = false
  let text = ''
  let key: string | undefined
  let number = 0

  return { write, end, isWhole: () => hasEnded, sawList: () => sawList }

  function write(line: string): DocumentPart[] {
    number += 1
    const parts: DocumentPart[] = []
    let from = 0
    if (part !== undefined && beginsAnother(line, part)) {
      parts.push(finish(part, true))
      openBrackets.length = part.depth
      part = undefined
    }
    for (let at = 0; at < line.length; at += 1) {
      const character = line.charAt(at)
      if (character === '"') {
        const to = findTextEnd(line, at)
        begin(at)
        if (part === undefined && openBrackets.length === 1) text = line.slice(at + 1, to)
        at = to
      } else if (character === '{' || character === '[') {
        const isList = openBrackets.length === 1 && shape === 'object' && key === 'results' && character === '['
        if (!isList) begin(at)
        openBrackets.push(character)
        if (isList || (shape === 'list' && openBrackets.length === 1)) inList = sawList = true
        key = openBrackets.length === 1 ? undefined : key
      } else if (character === '}' || character === ']') {
        close(character, at)
      } else if (character === ':' && openBrackets.length === 1 && part === undefined) {
        key = text
      } else if (character === ',') {
        if (part !== undefined && openBrackets.length === part.depth) endPart(at)
        if (openBrackets.length === 1) key = undefined
      } else if (character.trim() !== '') begin(at)
    }
    part?.texts.push(line.slice(from))
    return parts

    /** A value begins here; if it is an entry or the metadata, its text is kept. */
    function begin(at: number): void {
      if (part !== undefined || hasEnded) return
      const isEntry = inList && openBrackets.length === entriesAt
      if (!isEntry && !(shape === 'object' && openBrackets.length === 1 && key === 'metadata')) return
      const before = line.slice(0, at)
      const indent = before.trim() === '' ? before : undefined
      part = { key: isEntry ? 'entry' : 'metadata', line: number, indent, depth: openBrackets.length, texts: [] }
      from = at
    }

    function close(character: '}' | ']', at: number): void {
      if (openBrackets.at(-1) !== (character === '}' ? '{' : '[')) return
      if (part !== undefined && openBrackets.length === part.depth) endPart(at)
      if (inList && openBrackets.length === entriesAt) inList = false
      openBrackets.pop()
      if (part !== undefined && openBrackets.length === part.depth) endPart(at + 1)
      if (openBrackets.length === 0) hasEnded = true
    }

    function endPart(to: number): void {
      if (part === undefined) return
      part.texts.push(line.slice(from, to))
      parts.push(finish(part, false))
      part = undefined
    }
  }

  /** @returns the part that was open when the file ended */
  function end(): DocumentPart | undefined {
    return part && finish(part, true)
  }
}

function finish({ key, line, texts }: OpenPart, torn: boolean): DocumentPart {
  return { key, line, text: texts.join('\n'), torn }
}

function beginsAnother(line: string, { key, indent, texts }: OpenPart): boolean {
  if (key !== 'entry' || indent === undefined || !line.startsWith(`${indent}{`)) return false
  const beginning = line.slice(indent.length).trimEnd()
  const [first = ''] = texts
  // A single bracket at the margin may be inside an entry that was printed without indentation.
  return beginning === '{' ? indent !== '' && first.trimEnd() === '{' : first.startsWith(beginning.slice(0, headLength))
}

/** Where a string ends: at its closing quote, or else with the line. */
function findTextEnd(line: string, from: number): number {
  for (let at = from + 1; at < line.length; at += 1) {
    const character = line.charAt(at)
    if (character === '\\') at += 1
    else if (character === '"') return at
  }
  return line.length
}
