/** A change to a text: what is replaced, by what, and what is selected afterwards. */
export interface CodeEdit {
  readonly from: number
  readonly to: number
  readonly insert: string
  readonly select: readonly [start: number, end: number]
}

export type CodeKey = 'Tab' | 'Shift+Tab' | 'Enter' | 'Backspace'

const step = 4

/**
 * What a key does to Python code beyond what a text field does with it.
 *
 * @param start, end of the selection; equal where there is none
 * @returns undefined where the field does the right thing by itself
 */
export function editCode(text: string, [start, end]: CodeEdit['select'], key: CodeKey): CodeEdit | undefined {
  switch (key) {
    case 'Tab':
      return start === end ? indentHere(text, start) : changeLines(text, start, end, indent)
    case 'Shift+Tab':
      return changeLines(text, start, end, outdent)
    case 'Enter':
      return breakLine(text, start, end)
    case 'Backspace':
      return start === end ? deleteIndent(text, start) : undefined
  }
}

function indentHere(text: string, at: number): CodeEdit {
  const column = at - lineStart(text, at)
  const insert = ' '.repeat(step - (column % step))
  return { from: at, to: at, insert, select: [at + insert.length, at + insert.length] }
}

/** Like the line it comes from, and one step deeper after a colon. */
function breakLine(text: string, start: number, end: number): CodeEdit {
  const before = text.slice(lineStart(text, start), start)
  const deeper = before.trimEnd().endsWith(':') ? ' '.repeat(step) : ''
  const insert = `\n${indentOf(before)}${deeper}`
  const caret = start + insert.length
  return { from: start, to: end, insert, select: [caret, caret] }
}

function deleteIndent(text: string, at: number): CodeEdit | undefined {
  const before = text.slice(lineStart(text, at), at)
  if (before === '' || /[^ ]/.test(before)) return undefined
  const from = at - (before.length % step || step)
  return { from, to: at, insert: '', select: [from, from] }
}

/** A selection that ends at the start of a line does not reach into it. */
function changeLines(text: string, start: number, end: number, change: (line: string) => string): CodeEdit {
  const from = lineStart(text, start)
  const last = end > start && text[end - 1] === '\n' ? end - 1 : end
  const newline = text.indexOf('\n', last)
  const to = newline < 0 ? text.length : newline
  const lines = text.slice(from, to).split('\n')
  const changed = lines.map(change)
  const insert = changed.join('\n')
  const first = (changed[0]?.length ?? 0) - (lines[0]?.length ?? 0)
  const newStart = Math.max(from, start + first)
  return { from, to, insert, select: [newStart, Math.max(newStart, end + insert.length - (to - from))] }
}

const indent = (line: string) => (line.trim() === '' ? line : ' '.repeat(step) + line)
const outdent = (line: string) => line.replace(/^(?: {1,4}|\t)/, '')
const indentOf = (line: string) => /^[ \t]*/.exec(line)?.[0] ?? ''
const lineStart = (text: string, at: number) => (at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1)
