import { maxReadLength } from './max-read-length.ts'

/** Numbers written together in a program: a list, tuple, set or dictionary with its contents, or a string of digits. */
interface Literal {
  readonly values: readonly number[]
  /** Line where it starts, from 1. */
  readonly line: number
}

export interface Literals {
  readonly literals: readonly Literal[]
  /**
   * Amount of data in the source, in values: a number inside a list, tuple, set or dictionary counts as one, and so do a digit of a
   * string of digits or of a number with eight digits or more, and a character of a long string without spaces, as in packed data.
   */
  readonly dataValues: number
}

interface Frame {
  /** A list, tuple, set or dictionary; not a call or an index. */
  readonly isDisplay: boolean
  readonly values: number[]
  readonly line: number
}

/** An unclosed string ends with its line or the program, so that it is not searched again from each quote in it. */
const token =
  /(#[^\n]*)|([rRbBuUfF]{0,2}(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?))|(\d[\w.]*)|([A-Za-z_]\w*)|([[({])|([\])}])|(\n)|[^\s\\]/g

/** After one of these a bracket starts a value; after any other name it is a call or an index. */
const keywords = new Set(
  'return in and or not if elif else yield print is lambda for while assert del from import as raise await case match'.split(
    ' ',
  ),
)

/** Numbers with this many digits are data in themselves: a row or a grid may be packed into one. */
const minPackedDigits = 8

/** Words in programs are shorter, and prose has spaces. */
const minPackedCharacters = 24

/** Reads the literal data in a Python program. Never throws; linear in the program's length. */
export function listLiterals(program: string): Literals {
  const literals: Literal[] = []
  const stack: Frame[] = []
  let dataValues = 0
  let line = 1
  /** Whether the previous token can be called or indexed. */
  let afterValue = false
  let atLineStart = true
  for (const match of program.slice(0, maxReadLength).matchAll(token)) {
    const [whole, comment, text, number, name, opening, closing, lineEnd] = match
    const frame = stack.at(-1)
    if (comment !== undefined) continue
    if (lineEnd !== undefined) {
      line += 1
      if (stack.length === 0) {
        afterValue = false
        atLineStart = true
      }
      continue
    }
    if (text !== undefined) {
      const content = readContent(text)
      const digits = readDigits(content)
      if (digits !== undefined) literals.push({ values: digits, line })
      if (digits !== undefined) frame?.values.push(...digits.slice(0, maxValues - frame.values.length))
      // A string alone on its line is a comment in quotes.
      if (digits !== undefined || !atLineStart) dataValues += digits?.length ?? countPacked(content)
      line += text.split('\n').length - 1
      afterValue = true
    } else if (number !== undefined) {
      const digits = /^\d+$/.test(number) ? number.length : 0
      if (frame?.isDisplay === true && frame.values.length < maxValues) frame.values.push(Number(number))
      if (digits >= minPackedDigits) dataValues += digits
      else if (frame?.isDisplay === true) dataValues += 1
      if (digits >= minPackedDigits) literals.push({ values: number.split('').map(Number), line })
      afterValue = true
    } else if (name !== undefined) {
      afterValue = !keywords.has(name)
    } else if (opening !== undefined) {
      stack.push({ isDisplay: !afterValue, values: [], line })
      afterValue = false
    } else if (closing !== undefined) {
      const list = stack.pop()
      if (list?.isDisplay === true && list.values.length > 0) literals.push({ values: list.values, line: list.line })
      const outer = stack.at(-1)
      // A list of rows has the values of its rows, also through a call such as `np.array([…])`.
      if (list !== undefined && outer !== undefined)
        outer.values.push(...list.values.slice(0, maxValues - outer.values.length))
      afterValue = true
    } else {
      afterValue = whole === '`' && afterValue
    }
    atLineStart = false
  }
  return { literals, dataValues }
}

/** A grid has no more; anything larger is examined part by part. */
const maxValues = 3 * 30 * 30

function readContent(text: string): string {
  return text
    .replace(/^[a-zA-Z]*("""|'''|"|')/, '')
    .replace(/("""|'''|"|')$/, '')
    .replaceAll(/\\n/g, '\n')
    .replaceAll(/\\x[\da-f]{2}/gi, '.')
}

/** The digits of a string with nothing else but separators; a short one is an ordinary word. */
function readDigits(content: string): number[] | undefined {
  if (!/^[\d\s,;:|/.[\](){}-]+$/.test(content)) return undefined
  const digits = content.match(/\d/g)?.map(Number) ?? []
  return digits.length < 4 ? undefined : digits
}

function countPacked(content: string): number {
  return content.length >= minPackedCharacters && !/\s/.test(content) ? content.length : 0
}
